import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { id, plainText } from '#core/http/rules'

const color = () => vine.string().regex(/^#[0-9a-fA-F]{6}$/)
const icon = () => vine.string().regex(/^[a-z0-9-]{1,50}$/)

export const createCategoryValidator = vine.create({
  name: plainText(100),
  kind: vine.enum(['income', 'expense'] as const),
  parentId: id().nullable().optional(),
  color: color().nullable().optional(),
  icon: icon().nullable().optional(),
})

export const updateCategoryValidator = vine.create({
  name: plainText(100).optional(),
  parentId: id().nullable().optional(),
  color: color().nullable().optional(),
  icon: icon().nullable().optional(),
})

export const listCategoriesValidator = vine.create({
  ...pageParams(),
  kind: vine.enum(['income', 'expense'] as const).optional(),
})

export const deleteCategoryValidator = vine.create({ moveTo: id().optional() })
