import { test } from '@japa/runner'
import { fileTypeOf, TELLING_BYTES } from '#files/domain/file_type'

const bytes = (text: string) => Buffer.from(text, 'latin1')

test.group('Files / type', () => {
  test('knows {title}')
    .with([
      { title: 'a PDF', head: bytes('%PDF-1.7\n%\xe2\xe3'), type: 'application/pdf' },
      { title: 'a PNG', head: bytes('\x89PNG\r\n\x1a\n\0\0'), type: 'image/png' },
      { title: 'a JPEG', head: bytes('\xff\xd8\xff\xe0\0\x10JFIF'), type: 'image/jpeg' },
      { title: 'a GIF', head: bytes('GIF89a\x01\0'), type: 'image/gif' },
      { title: 'a TIFF', head: bytes('II*\0\x08\0'), type: 'image/tiff' },
      { title: 'a WebP', head: bytes('RIFF\x24\0\0\0WEBPVP8 '), type: 'image/webp' },
      { title: 'a HEIC', head: bytes('\0\0\0\x18ftypheic\0\0'), type: 'image/heic' },
      { title: 'a ZIP', head: bytes('PK\x03\x04\x14\0'), type: 'application/zip' },
      { title: 'an empty ZIP', head: bytes('PK\x05\x06\0\0'), type: 'application/zip' },
      { title: 'plain text', head: Buffer.from('Grüße, aus\nBern'), type: 'text/plain' },
      { title: 'Latin-1 text', head: bytes('Gr\xfc\xdfe'), type: 'text/plain' },
      { title: 'UTF-16 text', head: bytes('\xff\xfea\0,\0'), type: 'text/plain' },
      { title: 'CSV', head: bytes('date;amount\r\n2026-01-01;-1,00\r\n'), type: 'text/csv' },
      { title: 'markup as mere text', head: bytes('<script>x</script>'), type: 'text/plain' },
    ])
    .run(({ assert }, { head, type }) => {
      assert.equal(fileTypeOf(head), type)
    })

  test('refuses {title}')
    .with([
      { title: 'nothing', head: bytes('') },
      { title: 'a program', head: bytes('\x7fELF\x02\x01\x01\0') },
      { title: 'a Windows program', head: bytes('MZ\x90\0\x03') },
      { title: 'a gzip', head: bytes('\x1f\x8b\x08\0') },
      { title: 'a film', head: bytes('\0\0\0\x18ftypisom') },
      { title: 'a PDF that begins late', head: bytes('\0%PDF-1.7') },
      { title: 'text with a NUL', head: bytes('date,amount\0') },
      { title: 'another RIFF', head: bytes('RIFF\x24\0\0\0WAVEfmt ') },
    ])
    .run(({ assert }, { head }) => {
      assert.isNull(fileTypeOf(head))
    })

  test('looks past a line cut off', ({ assert }) => {
    const head = bytes('a,b\n'.repeat(TELLING_BYTES / 4 - 1).padEnd(TELLING_BYTES, 'c'))

    assert.equal(fileTypeOf(head), 'text/csv')
  })
})
