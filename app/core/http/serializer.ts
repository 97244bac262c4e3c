import { BaseSerializer } from '@adonisjs/core/transformers'

/** Resources are bare objects, without an envelope. */
class Serializer extends BaseSerializer {
  override wrap = undefined

  definePaginationMetaData(): never {
    throw new TypeError('Lists are paged by cursor: see core/http/pagination')
  }
}

export const serializer = new Serializer()
