const LENGTH = 22
const NUMBER = /^[\w-]{22}$/

/** A UUID in the 22 characters that OFX has for the number of an account. */
export function accountNumber(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
}

/** The id that such a number stands for; null for a bank's, unless it looks like one by chance. */
export function accountIdOf(number: string): string | null {
  if (number.length !== LENGTH || !NUMBER.test(number)) return null
  const hexadecimal = Buffer.from(number, 'base64url').toString('hex')
  const id = hexadecimal.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return /^.{14}7/.test(id) && accountNumber(id) === number ? id : null
}
