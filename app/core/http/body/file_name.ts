const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const MAX_LENGTH = 255

/**
 * A client's file name, fit to be shown: its base name in NFC, without control,
 * formatting and direction characters, at most 255 characters. Never a path:
 * where a file is stored is not up to its name.
 */
export function displayName(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  const clean = base.toWellFormed().replace(CONTROL_CHARACTERS, '').normalize('NFC').trim()
  const short = [...clean].slice(0, MAX_LENGTH).join('')
  return short === '' || short === '.' || short === '..' ? 'file' : short
}
