import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type Category from '#transactions/models/category'

export const categorySchema = s.resource('Category', {
  id: s.id(),
  name: s.text(),
  kind: s.enumOf(['income', 'expense']),
  parentId: s.nullable(s.id()),
  color: s.nullable(s.text({ examples: ['#ef6c00'] })),
  icon: s.nullable(s.text({ examples: ['cart'] })),
})

export default class CategoryTransformer extends Transformer<Category> {
  toObject() {
    return {
      id: this.resource.id,
      name: this.resource.name,
      kind: this.resource.kind,
      parentId: this.resource.parentId,
      color: this.resource.color,
      icon: this.resource.icon,
    }
  }
}
