type Shown<T extends abstract new (resource: never) => Transformer<unknown>> = ReturnType<
  InstanceType<T>['toObject']
>

/**
 * How a record is shown. Written like AdonisJS's transformers, but plain: its own
 * resolve every item through the container, which for a page of transactions
 * takes longer than finding them.
 */
export abstract class Transformer<Resource> {
  constructor(protected resource: Resource) {}

  abstract toObject(): object

  static transform<T extends new (resource: never) => Transformer<unknown>>(
    this: T,
    resources: ConstructorParameters<T>[0][]
  ): Shown<T>[]
  static transform<T extends new (resource: never) => Transformer<unknown>>(
    this: T,
    resource: ConstructorParameters<T>[0]
  ): Shown<T>
  static transform(this: new (resource: unknown) => Transformer<unknown>, input: unknown) {
    return Array.isArray(input)
      ? input.map((resource) => new this(resource).toObject())
      : new this(input).toObject()
  }
}
