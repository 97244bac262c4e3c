import { listed } from '#core/http/network/addresses'

/**
 * Reads a list of origins, exactly as browsers send them: `https://app.example.com`,
 * without a path. A wildcard is no origin.
 *
 * @param setting names the setting in what it throws
 */
export function originList(setting: string, text: string): string[] {
  const origins = listed(text)
  const wrong = origins.find((origin) => !isOrigin(origin))
  if (wrong !== undefined) {
    throw new Error(
      `${setting} must be origins such as https://app.example.com, separated by commas; "${wrong}" is none`
    )
  }
  return origins
}

function isOrigin(text: string) {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
