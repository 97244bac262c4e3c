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

  test('detects Shift_JIS, cut anywhere', ({ assert }) => {
    const text = '日付,摘要,お支払金額,お預り金額\r\n2026/1/30,表ソ ﾖｺﾊﾏ,500,\r\n'
    const bytes = iconv.encode(text, 'shift_jis')

    const detected = Array.from({ length: 12 }, (_, cut) =>
      detectEncoding(bytes.subarray(0, bytes.length - cut))
    )

    assert.isTrue(detected.every(({ encoding }) => encoding === 'shift_jis'))
    assert.isTrue(detected.every(({ confidence }) => confidence > 0.9))
    assert.equal(decodedByteByByte(bytes, 'shift_jis'), text)
  })

  test('detects {page} by the words of a statement')
    .with([
      { page: 'windows-1251', text: 'Дата;Получатель;Сумма\n31.01.2026;Пекарня Ёлка;-12,34\n' },
      { page: 'windows-1251', text: 'Дата;Опис;Сума\n31.01.2026;Їжак і ґава;-12,34\n' },
      { page: 'windows-1253', text: 'Ημερομηνία;Ποσό\n31/01/2026;Καφές;-12,34 €\n' },
      { page: 'gb18030', text: '交易时间,金额\n2026-01-31,工资㐀,100\n' },
    ])
    .run(({ assert }, { page, text }) => {
      const bytes = iconv.encode(text, page)

      const detected = detectEncoding(bytes)

      assert.equal(detected.encoding, page)
      assert.isAtLeast(detected.confidence, 0.75)
      assert.equal(decodedByteByByte(bytes, page), text)
    })

  test('takes no other page for one of them: {page}')
    .with([
      { page: 'cp866', text: 'Дата;Сумма\n31.01.2026;Пекарня;-12,34\n' },
      { page: 'koi8-r', text: 'Дата;Сумма\n31.01.2026;Пекарня;-12,34\n' },
      { page: 'cp737', text: 'Ημερομηνία;Ποσό\n31/01/2026;Καφές;-12,34\n' },
      { page: 'big5', text: '交易日期,金額\n2026-01-31,薪資,100\n' },
      { page: 'windows-1252', text: 'Date;Ödïé;Montant\n31/01/2026;Âëïð;-12,34\n' },
    ])
    .run(({ assert }, { page, text }) => {
      const { encoding } = detectEncoding(iconv.encode(text, page))

      assert.notInclude(['windows-1251', 'windows-1253', 'gb18030'], encoding)
    })

  test('takes no other alphabet for Shift_JIS: {page}')
    .with([
      { page: 'windows-1251', text: 'Дата;Получатель;Сумма\n31.01.2026;Пекарня Ёлка;-12,34\n' },
      { page: 'cp866', text: 'Дата;Получатель;Сумма\n31.01.2026;Пекарня Ёлка;-12,34\n' },
      { page: 'windows-1250', text: 'Datum;Příjemce;Částka\n31.01.2026;Žižkov šťáva;-12,34\n' },
      { page: 'gbk', text: '日期,摘要,金额\n2026-01-31,工资,100\n' },
      { page: 'euc-jp', text: '日付,摘要,金額\n2026-01-31,給与,100\n' },
    ])
    .run(({ assert }, { page, text }) => {
      assert.notEqual(detectEncoding(iconv.encode(text, page)).encoding, 'shift_jis')
    })

  test('keeps UTF-8 in spite of a broken byte', ({ assert }) => {
    const bytes = Buffer.concat([Buffer.from('ä;ö;ü;'), Uint8Array.of(0xff), Buffer.from(';ß')])

    assert.equal(detectEncoding(bytes).encoding, 'utf-8')
    assert.equal(decodedByteByByte(bytes, 'utf-8'), 'ä;ö;ü;\uFFFD;ß')
  })

  test('doubts the letters of other code pages', ({ assert }) => {
    const russian = iconv.encode('Пекарня;Ёлка;Билла\n', 'windows-1251')
    const polish = iconv.encode('Zażółć gęślą jaźń;świąt;żółw\n', 'windows-1250')

    assert.isBelow(detectEncoding(russian).confidence, 0.5)
    assert.isBelow(detectEncoding(polish).confidence, 0.75)
  })

  test('knows a character that is cut: {cut}')
    .with([...'é€🥐'].flatMap((last) => [1, 2, 3].map((cut) => ({ last, cut }))))
    .run(({ assert }, { last, cut }) => {
      const bytes = Buffer.from(`Datum;Betrag;${last}`)
      const missing = Math.min(cut, Buffer.byteLength(last) - 1)
      const sample = bytes.subarray(0, bytes.length - missing)

      assert.equal(detectEncoding(sample, undefined, { isCut: true }).encoding, 'utf-8')
      assert.equal(detectEncoding(iconv.encode('Café', 'latin1')).encoding, 'windows-1252')
    })

  test('goes by the currency: {text}')
    .with([
      { currency: 'PLN', text: 'Kwiaciarnia Róża Gdańsk;Urząd Miasta', page: 'windows-1250' },
      { currency: 'PLN', text: 'Piekarnia Męcina', page: 'windows-1250' },
      { currency: 'CZK', text: 'Jiří Dvořák;Restaurace Štika', page: 'windows-1250' },
      { currency: 'HUF', text: 'Kőbánya Gyógyszertár;Fűszer', page: 'windows-1250' },
      { currency: 'EUR', text: 'Bäckerei Groß;Café Ñandú “Œuvre”', page: 'windows-1252' },
      { currency: 'PLN', text: 'Ñandú Façade', page: 'windows-1252' },
    ])
    .run(({ assert }, { currency, text, page }) => {
      const detected = detectEncoding(iconv.encode(text, page), undefined, { currency })

      assert.equal(detected.encoding, page)
      assert.isAtLeast(detected.confidence, 0.75)
    })

  test('is not sure without: {text}')
    .with([
      { text: 'Kwiaciarnia Róża Gdańsk;Müller;Café;Añez;Señor;Bäcker;Süß' },
      { text: 'Kováč Žilina;Šťastný' },
      { text: 'Đurđević Šibenik Čačak' },
    ])
    .run(({ assert }, { text }) => {
      const bytes = iconv.encode(text, 'windows-1250')

      assert.isBelow(detectEncoding(bytes, undefined, { currency: 'EUR' }).confidence, 0.5)
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
