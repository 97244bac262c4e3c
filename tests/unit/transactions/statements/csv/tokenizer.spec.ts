import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { MAX_FIELD_LENGTH, MAX_ROW_LENGTH } from '#transactions/domain/statements/csv/csv_row'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { decoderFor, detectEncoding } from '#transactions/domain/statements/encoding'
import { Tokenizer, type TokenizerOptions } from '#transactions/domain/statements/csv/tokenizer'
import { work } from '#tests/support/work'

const COMMAS: TokenizerOptions = { delimiter: ',', quote: '"' }

function rowsOf(chunks: string[], options = COMMAS) {
  const tokenizer = new Tokenizer(options)
  return [...chunks.flatMap((chunk) => tokenizer.push(chunk)), ...tokenizer.end()]
}

function cellsOf(text: string, options = COMMAS) {
  return rowsOf([text], options).map((row) => row.broken ?? row.cells)
}

function cutAt<T extends { slice(from: number, to: number): T; length: number }>(
  whole: T,
  borders: number[]
): T[] {
  const sorted = [0, ...borders.map((border) => border % (whole.length + 1)), whole.length]
  sorted.sort((a, b) => a - b)
  return sorted.slice(1).map((end, index) => whole.slice(sorted[index], end))
}

test.group('CSV tokenizer', () => {
  test('reads {text}, written for Excel')
    .with([
      { text: '="2026-01-31",="-1.00"', cells: ['2026-01-31', '-1.00'] },
      { text: '="a, b",=""', cells: ['a, b', ''] },
      { text: '"=""007""",x', cells: ['007', 'x'] },
      { text: '"=""say """"hi""""""",x', cells: ['say "hi"', 'x'] },
      { text: '="a"&"b",x', cells: ['="a"&"b"', 'x'] },
      { text: '="a""b",x', cells: ['a"b', 'x'] },
      { text: '="a,x', cells: ['="a', 'x'] },
      { text: 'x,="a', cells: ['x', '="a'] },
      { text: '=1+1,="a" b', cells: ['=1+1', '="a" b'] },
      { text: "='a',x", cells: ["='a'", 'x'] },
    ])
    .run(({ assert }, { text, cells }) => {
      for (let at = 0; at <= text.length; at++) {
        const [row] = rowsOf([text.slice(0, at), text.slice(at)])

        assert.deepEqual(row.cells, cells)
        assert.equal(row.raw, text)
      }
    })

  test('reads {what}')
    .with([
      {
        what: 'LF',
        text: 'a,b\nc,d\n',
        expected: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      {
        what: 'CR',
        text: 'a,b\rc,d\r',
        expected: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      {
        what: 'CRLF and empty lines',
        text: 'a,b\r\n\r\n\nc,d',
        expected: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      {
        what: 'quoted delimiters and newlines',
        text: '"a,1","b\n2"\n',
        expected: [['a,1', 'b\n2']],
      },
      { what: 'doubled quotes', text: '"a ""x""",\n', expected: [['a "x"', '']] },
      { what: 'empty cells', text: ',\n""', expected: [['', ''], ['']] },
      {
        what: 'quotes in unquoted cells',
        text: 'a "b" c,5" disk\n',
        expected: [['a "b" c', '5" disk']],
      },
      {
        what: 'stray quotes in quoted cells',
        text: '"Foo "Bar" GmbH",12\nx,y\n',
        expected: [
          ['Foo "Bar" GmbH', '12'],
          ['x', 'y'],
        ],
      },
      {
        what: 'an unclosed quote',
        text: 'a,"never closed\nb,c\n',
        expected: ['unterminatedQuote', ['b', 'c']],
      },
      {
        what: 'text behind a closing quote',
        text: '"x"y,1\nb,c\n"d",e\n',
        expected: ['unterminatedQuote', ['b', 'c'], ['d', 'e']],
      },
      { what: 'a NUL', text: 'a,\0b\nc,d\n', expected: ['nul', ['c', 'd']] },
      {
        what: 'undecodable bytes',
        text: 'a,\uFFFDb\nc,d\n',
        expected: ['undecodable', ['c', 'd']],
      },
      { what: 'an empty file', text: '', expected: [] },
    ])
    .run(({ assert }, { text, expected }) => {
      assert.deepEqual(cellsOf(text) as unknown, expected)
    })

  test('counts the physical lines', ({ assert }) => {
    const rows = rowsOf(['x\r\n\r\n"a\r\nb\rc\nd",1\r\n"open\r\ny,2'])

    assert.deepEqual(
      rows.map((row) => row.line),
      [1, 3, 7, 8]
    )
    assert.equal(rows[2].raw, '"open')
  })

  test('drops the preamble by lines', ({ assert }) => {
    const preamble = { ...COMMAS, skipLines: 3 }

    assert.deepEqual(cellsOf('Account "1\r\n\r\nfrom, to\r\na,b\r\n', preamble), [['a', 'b']])
  })

  test('keeps the text of a row', ({ assert }) => {
    assert.equal(rowsOf(['a,b\n"c\n""d""",e\r\n'])[1].raw, '"c\n""d""",e')
  })

  test('refuses a hundred thousand columns', ({ assert }) => {
    const wide = 'a,b\n' + 'x,'.repeat(100_000)

    assert.throws(() => rowsOf(cutAt(wide, [7, 4000])), StatementRefused)
  })

  test('rejects a field without end', ({ assert }) => {
    const endless = 'x'.repeat(MAX_FIELD_LENGTH + 1)

    assert.deepEqual(cellsOf(`a,${endless}\nb,c`), ['tooLong', ['b', 'c']])
    assert.deepEqual(cellsOf(`a,"${endless}"\nb,c`), ['unterminatedQuote', ['b', 'c']])
  })

  test('rejects a row without end', ({ assert }) => {
    const cell = 'x'.repeat(MAX_FIELD_LENGTH - 1)
    const endless = Array(5).fill(cell).join(',')

    assert.isAbove(endless.length, MAX_ROW_LENGTH)
    assert.deepEqual(cellsOf(`${endless}\nb,c`), ['tooLong', ['b', 'c']])
  })

  test('stays linear on hostile quotes', ({ assert }) => {
    const hostile = [
      ',"a\n',
      'a,"""b\n',
      '"\n""\n',
      '"a"b\n',
      `"${'a"'.repeat(30_000)}b\n`,
      '""""\n',
    ].map((line) => line.repeat(Math.ceil(2_000_000 / line.length)))
    const worked = work()

    for (const text of hostile) rowsOf(text.match(/[^]{1,65536}/g)!)

    assert.isBelow(worked(), 4_000)
  })

  test('agrees with csv-parse where it parses', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', ',', '"', '"', '\n', '\r', '\r\n', ' '),
      maxLength: 60,
    })
    fc.assert(
      fc.property(text, (csv) => {
        let expected: string[][]
        try {
          expected = parse(csv, {
            relax_column_count: true,
            skip_empty_lines: true,
            record_delimiter: ['\r\n', '\n', '\r'],
          })
        } catch {
          return true
        }
        return JSON.stringify(cellsOf(csv)) === JSON.stringify(expected)
      }),
      { numRuns: 5000 }
    )
  })

  test('does not see where chunks end', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ',', '"', '"', '=', '="', '\n', '\r', '\r\n', '\0'),
      maxLength: 60,
    })
    fc.assert(
      fc.property(text, fc.array(fc.nat()), (csv, borders) => {
        const whole = JSON.stringify(rowsOf([csv]))
        return JSON.stringify(rowsOf(cutAt(csv, borders))) === whole
      }),
      { numRuns: 5000 }
    )
  })
})

const ENCODINGS = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-8 with BOM': (text: string) => Buffer.from('\uFEFF' + text),
  'utf-16le': (text: string) => Buffer.from('\uFEFF' + text, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from('\uFEFF' + text, 'utf16le').swap16(),
  'windows-1252': (text: string) => Buffer.from(text, 'latin1'),
}

test.group('CSV tokenizer / any dialect', () => {
  for (const [name, encode] of Object.entries(ENCODINGS)) {
    test(`reads any matrix in ${name}`, () => {
      const letters = name.startsWith('windows')
        ? fc.constantFrom('a', 'ö', 'é', 'ÿ', ' ', ',', ';', '|', '\t', '"', "'", '\n', '\r\n', '=')
        : fc.oneof(
            fc.constantFrom('a', '"', ',', ';', '\n', '\r', '株', '😀', 'é'),
            fc
              .string({ unit: 'binary', minLength: 1, maxLength: 1 })
              .filter((char) => !/[\0\uFEFF\uFFFD]/.test(char))
          )
      const cell = fc
        .string({ unit: letters, maxLength: 12 })
        .filter((text) => !text.startsWith('="'))
      const matrix = fc
        .integer({ min: 2, max: 6 })
        .chain((width) =>
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 })
        )
      fc.assert(
        fc.property(
          matrix,
          fc.constantFrom(',', ';', '\t', '|'),
          fc.constantFrom('\n', '\r\n', '\r'),
          fc.array(fc.nat(), { maxLength: 8 }),
          fc.boolean(),
          (rows, delimiter, terminator, borders, endsWithTerminator) => {
            const quoted = (value: string) =>
              /["\r\n]/.test(value) || value.includes(delimiter)
                ? `"${value.replaceAll('"', '""')}"`
                : value
            const lines = rows.map((row) => row.map(quoted).join(delimiter))
            const text = lines.join(terminator) + (endsWithTerminator ? terminator : '')
            const bytes = encode(text)
            const override = name.startsWith('utf-8') ? 'utf-8' : name
            const { encoding } = detectEncoding(bytes, override)
            const decoder = decoderFor(encoding)
            const chunks = cutAt(bytes, borders).map((chunk) => decoder.write(chunk))
            const read = rowsOf([...chunks, decoder.end()], { delimiter, quote: '"' })
            return JSON.stringify(read.map((row) => row.cells)) === JSON.stringify(rows)
          }
        ),
        { numRuns: 500 }
      )
    })
  }
})
