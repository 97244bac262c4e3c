import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangeCategory from '#transactions/actions/change_category'
import CreateCategory from '#transactions/actions/create_category'
import DeleteCategory from '#transactions/actions/delete_category'
import Category from '#transactions/models/category'
import { CategoryList } from '#transactions/queries/category_list'
import CategoryTransformer, {
  categorySchema,
} from '#transactions/transformers/category_transformer'
import {
  createCategoryValidator,
  deleteCategoryValidator,
  listCategoriesValidator,
  updateCategoryValidator,
} from '#transactions/validators/category_validators'

const oldestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class CategoriesController {
  constructor(
    protected categories: CategoryList,
    protected createCategory: CreateCategory,
    protected changeCategory: ChangeCategory,
    protected deleteCategory: DeleteCategory
  ) {}

  @operation({
    summary: 'List categories',
    request: { query: listCategoriesValidator },
    responses: { 200: list(categorySchema) },
  })
  async index({ caller, request }: HttpContext) {
    const {
      limit = PAGE_SIZE,
      cursor,
      ...filters
    } = await request.validateUsing(listCategoriesValidator)
    const after = oldestFirst.after(cursor)?.id
    const rows = await caller.read((reader) =>
      this.categories.handle(reader, filters, limit + 1, after)
    )
    const { data, meta } = oldestFirst.page(rows, limit)
    return { data: CategoryTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Create a category',
    request: { body: createCategoryValidator },
    responses: { 201: categorySchema },
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const category = await this.createCategory.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createCategoryValidator)),
    })
    ctx.response.status(201)
    return this.#send(ctx, category)
  }

  @operation({ summary: 'A category', responses: { 200: categorySchema }, etag: true })
  async show(ctx: HttpContext) {
    const category = await ctx.caller.read((reader) => recordOf(reader, Category, ctx.params.id))
    return this.#send(ctx, category)
  }

  @operation({
    summary: 'Change a category',
    request: { body: updateCategoryValidator },
    responses: { 200: categorySchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const category = await this.changeCategory.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateCategoryValidator),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, category)
  }

  @operation({
    summary: 'Delete a category',
    description:
      'What was booked under it goes to `moveTo`, or has no category from then on. Its children move up.',
    request: { query: deleteCategoryValidator },
    responses: { 204: null },
    etag: true,
  })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteCategory.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      ...(await request.validateUsing(deleteCategoryValidator)),
      precondition: ifMatch(request),
    })
    return response.noContent()
  }

  async #send(ctx: HttpContext, category: Category) {
    const body = CategoryTransformer.transform(category)
    return sendWithEtag(ctx, versionOf(category), body)
  }
}
