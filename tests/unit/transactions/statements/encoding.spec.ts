import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { decoderFor, detectEncoding } from '#transactions/domain/statements/encoding'

const GERMAN = 'Datum;Empfänger;Betrag\n31.01.2026;Bäckerei Groß „Süd“;-12,34 €\n'

function decodedByteByByte(bytes: Uint8Array, encoding: string) {
  const decoder = decoderFor(encoding)
  return [...bytes].map((byte) => decoder.write(Uint8Array.of(byte))).join('') + decoder.end()
}

test.group('CSV encoding', () => {
  test('detects {encoding} {mark}')
    .with([
      { encoding: 'utf-8', mark: 'unmarked', bytes: Buffer.from(GERMAN) },
      { encoding: 'utf-8', mark: 'marked', bytes: Buffer.from('\uFEFF' + GERMAN) },
      { encoding: 'utf-16le', mark: 'marked', bytes: Buffer.from('\uFEFF' + GERMAN, 'utf16le') },
      { encoding: 'utf-16le', mark: 'unmarked', bytes: Buffer.from(GERMAN, 'utf16le') },
      {
        encoding: 'utf-16be',
        mark: 'marked',
        bytes: Buffer.from('\uFEFF' + GERMAN, 'utf16le').swap16(),
      },
      { encoding: 'utf-16be', mark: 'unmarked', bytes: Buffer.from(GERMAN, 'utf16le').swap16() },
      { encoding: 'windows-1252', mark: 'unmarked', bytes: iconv.encode(GERMAN, 'windows-1252') },
    ])
    .run(({ assert }, { encoding, bytes }) => {
      const detected = detectEncoding(bytes)

      assert.equal(detected.encoding, encoding)
      assert.isAtLeast(detected.confidence, 0.75)
      assert.equal(decodedByteByByte(bytes, encoding), GERMAN)
    })

  test('keeps UTF-8 in spite of a broken byte', ({ assert }) => {
    const bytes = Buffer.concat([Buffer.from('ä;ö;ü;'), Uint8Array.of(0xff), Buffer.from(';ß')])

    assert.equal(detectEncoding(bytes).encoding, 'utf-8')
    assert.equal(decodedByteByByte(bytes, 'utf-8'), 'ä;ö;ü;\uFFFD;ß')
  })

  test('doubts the letters of other code pages', ({ assert }) => {
    const russian = iconv.encode('Дата;Сумма;Получатель\n', 'windows-1251')
    const polish = iconv.encode('Zażółć gęślą jaźń;świąt;żółw\n', 'windows-1250')

    assert.isBelow(detectEncoding(russian).confidence, 0.5)
    assert.isBelow(detectEncoding(polish).confidence, 0.75)
  })

  test('flags undefined and cut bytes', ({ assert }) => {
    assert.equal(decodedByteByByte(Uint8Array.of(0x61, 0x81), 'windows-1252'), 'a\uFFFD')
    assert.equal(decodedByteByByte(Uint8Array.of(0x61, 0xe2, 0x82), 'utf-8'), 'a\uFFFD')
    assert.equal(decodedByteByByte(Uint8Array.of(0x61, 0, 0x62), 'utf-16le'), 'a\uFFFD')
    assert.equal(decodedByteByByte(Uint8Array.of(0, 0xd8, 0x61, 0), 'utf-16le'), '\uFFFDa')
  })

  test('obeys the stated encoding', ({ assert }) => {
    const bytes = iconv.encode('żółw', 'windows-1250')

    assert.deepEqual(detectEncoding(bytes, 'CP1250'), { encoding: 'windows-1250', confidence: 1 })
    assert.equal(decodedByteByByte(bytes, 'windows-1250'), 'żółw')
    assert.equal(detectEncoding(bytes, 'latin1').encoding, 'windows-1252')
    assert.equal(detectEncoding(Uint8Array.of(0xfe, 0xff), 'utf-16').encoding, 'utf-16be')
    assert.throws(() => detectEncoding(bytes, 'klingon'), StatementRefused)
  })
})
