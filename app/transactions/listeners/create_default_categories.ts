import { randomUUIDv7 } from 'node:crypto'
import { DEFAULT_CATEGORIES } from '#transactions/domain/default_categories'
import Category from '#transactions/models/category'
import type UserRegistered from '#users/events/user_registered'

/** Gives a new user categories to start with, in the transaction that makes the user. */
export default class CreateDefaultCategories {
  async handle({ user, trx }: UserRegistered) {
    const rows = DEFAULT_CATEGORIES.flatMap(({ children, ...category }) => {
      const parent = { ...category, id: randomUUIDv7(), user_id: user.id, parent_id: null }
      return [
        parent,
        ...children.map((name) => ({ ...parent, id: randomUUIDv7(), name, parent_id: parent.id })),
      ]
    })
    await trx.insertQuery().table(Category.table).multiInsert(rows)
  }
}
