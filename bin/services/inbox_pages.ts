/*
| The two pages of the local inbox. What a mail says is shown as text; its HTML
| only inside a sandboxed frame.
*/
import type { Message } from './inbox.ts'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character])
}

function page(title: string, body: string) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
  table { width: 100%; border-collapse: collapse }
  th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #8884; vertical-align: top }
  time, .quiet { color: #777; white-space: nowrap }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid #8884 }
  iframe { width: 100%; height: 36rem; border: 1px solid #8884; background: #fff }
</style>
<body>${body}</body>
</html>
`
}

export function listPage(messages: Message[]) {
  const rows = messages.map(
    (message) => `<tr>
  <td><a href="/messages/${message.id}">${escape(message.subject) || '(no subject)'}</a></td>
  <td>${escape(message.to.join(', '))}</td>
  <td><time>${message.receivedAt.slice(0, 19).replace('T', ' ')}</time></td>
</tr>`
  )
  const list = rows.length
    ? `<table><tr><th>Subject</th><th>To</th><th>Received (UTC)</th></tr>${rows.join('')}</table>`
    : '<p class="quiet">No mail yet. What Finora sends appears here; reload the page.</p>'
  return page(
    'Inbox',
    `<h1>Inbox</h1>${list}<p class="quiet"><a href="/messages.json">JSON</a></p>`
  )
}

export function messagePage(message: Message) {
  const html = message.html
    ? `<h2>HTML</h2><iframe sandbox src="/messages/${message.id}.html" title="HTML part"></iframe>`
    : ''
  return page(
    message.subject,
    `<p><a href="/">Inbox</a></p>
<h1>${escape(message.subject) || '(no subject)'}</h1>
<p>From ${escape(message.from)}<br>To ${escape(message.to.join(', '))}<br>
<time>${message.receivedAt}</time></p>
<h2>Text</h2><pre>${escape(message.text)}</pre>${html}`
  )
}
