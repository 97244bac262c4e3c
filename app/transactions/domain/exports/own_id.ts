const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether the text may be the id of a transaction, as exports have it. */
export function isOwnId(text: string): boolean {
  return text.length === 36 && UUID.test(text)
}
