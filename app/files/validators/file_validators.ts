import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'

export const listFilesValidator = vine.create({ ...pageParams() })

export const listExportsValidator = vine.create({ ...pageParams() })
