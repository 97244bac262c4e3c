/*
|--------------------------------------------------------------------------
| Validation
|--------------------------------------------------------------------------
|
| Objects refuse fields that they do not know (core/http/strict_objects), and
| `request.validateUsing` sees the body of a write or the query of a read, never
| a mixture. Fields that many modules have are in core/http/rules.
|
*/
import vine from '@vinejs/vine'
import '#core/http/strict_objects'

/** An empty text is a text: clients say `null` when they mean none. */
vine.convertEmptyStringsToNull = false
