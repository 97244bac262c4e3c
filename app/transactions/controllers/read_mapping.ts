import { ValidationFailed } from '#core/http/problem'
import type { Mapping } from '#transactions/domain/statements/mapping'
import { mappingValidator } from '#transactions/validators/import_validators'

/** Reads the text field `mapping` of an upload; its errors are about `mapping.…`. */
export async function readMapping(text: string | undefined): Promise<Mapping | undefined> {
  if (text === undefined || text.trim() === '') return undefined
  const [error, mapping] = await mappingValidator.tryValidate(parsed(text))
  if (error) {
    const errors = error.messages.map(({ field, rule, message }: Record<string, string>) => ({
      field: field ? `mapping.${field}` : 'mapping',
      rule,
      message,
    }))
    throw new ValidationFailed(errors)
  }
  return mapping
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw ValidationFailed.field('mapping', 'json', 'The mapping field must be JSON')
  }
}
