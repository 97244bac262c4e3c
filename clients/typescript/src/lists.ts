import type { paths } from './schema.ts'

interface Page<Item> {
  data: Item[]
  meta: { nextCursor: string | null }
}

type AnswerOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } }
}
  ? Answer
  : never

/** What the list of this path is a list of. */
export type ItemOf<Path extends keyof paths> =
  AnswerOf<Path> extends Page<infer Item> ? Item : never

/** The paths that answer with a list. */
export type ListPath = {
  [Path in keyof paths]: [ItemOf<Path>] extends [never] ? never : Path
}[keyof paths]

type ParametersOf<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: infer Parameters }
}
  ? Parameters
  : never

/** Filters of a list, and the ids in its path. */
export type ListParameters<Path extends ListPath> = {
  [
    Name in 'query' | 'path' as Name extends keyof ParametersOf<Path>
      ? ParametersOf<Path>[Name] extends undefined
        ? never
        : Name
      : never
  ]: Name extends keyof ParametersOf<Path> ? ParametersOf<Path>[Name] : never
}

type Load<Item> = (cursor: string | undefined) => Promise<Page<Item>>

/** Every item of a list, page after page as they are asked for. */
export async function* itemsOf<Item>(load: Load<Item>): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const { data, meta } = await load(cursor)
    yield* data
    cursor = meta.nextCursor ?? undefined
  } while (cursor !== undefined)
}
