import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser } from 'playwright-core'

/**
 * A headless Chromium from the npm package, unpacked into a folder of this run's
 * own: in the shared one another user's copy may lie, which can't be started.
 */
export async function launchBrowser(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const shared = tmpdir()
  const folder = await mkdtemp(join(shared, 'finora-browser-'))
  process.env.TMPDIR = folder
  const executablePath = await chromium.executablePath().finally(() => {
    process.env.TMPDIR = shared
  })
  const browser = await playwright.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--headless'],
  })
  return {
    browser,
    close: async () => {
      await browser.close()
      await rm(folder, { recursive: true })
    },
  }
}
