import { isUtf8 } from 'node:buffer'
import { survives } from '#core/http/body/json_number'
import { closingQuote, decodeString } from '#core/http/body/json_string'
import { MalformedRequest, ValidationFailed } from '#core/http/problem'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

type Container = Json[] | { [key: string]: Json }

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
const LITERALS: Record<string, [text: string, value: Json]> = {
  t: ['true', true],
  f: ['false', false],
  n: ['null', null],
}

/**
 * Reads JSON (RFC 8259) into exactly what was written, or refuses it: I-JSON
 * (RFC 7493) with bounded depth. Unlike `JSON.parse` it refuses duplicate keys,
 * numbers that would change, NUL, lone surrogates, invalid UTF-8 and keys that
 * reach a prototype. It keeps its own stack, so depth can't exhaust ours.
 *
 * @throws MalformedRequest naming the position, and the field where there is one
 * @throws ValidationFailed for a number that does not survive
 */
export function parseJson(bytes: Uint8Array, maxDepth: number): Json {
  if (!isUtf8(bytes)) {
    throw new MalformedRequest('The body is not valid UTF-8.')
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return new JsonReader(text, maxDepth).read()
}

class JsonReader {
  #at = 0
  #containers: Container[] = []
  #keys: string[] = []

  constructor(
    private text: string,
    private maxDepth: number
  ) {}

  read(): Json {
    for (;;) {
      let value = this.#open()
      while (value !== undefined) {
        const parent = this.#containers.at(-1)
        if (parent === undefined) {
          return this.#end(value)
        }
        this.#put(parent, value)
        value = this.#next(parent)
      }
    }
  }

  /** Reads a scalar or an empty container; entering a filled one gives undefined. */
  #open(): Json | undefined {
    switch (this.#peek()) {
      case '{':
        return this.#enter({}, '}')
      case '[':
        return this.#enter([], ']')
      case '"':
        return this.#string()
      default:
        return this.#scalar()
    }
  }

  #enter(container: Container, closing: string): Json | undefined {
    if (this.#containers.length >= this.maxDepth) {
      throw this.#malformed(`deeper than ${this.maxDepth} levels`)
    }
    this.#at++
    if (this.#peek() === closing) {
      this.#at++
      return container
    }
    this.#containers.push(container)
    this.#keys.push('')
    if (!Array.isArray(container)) {
      this.#key(container)
    }
    return undefined
  }

  #put(parent: Container, value: Json) {
    if (Array.isArray(parent)) {
      parent.push(value)
    } else {
      parent[this.#keys.at(-1)!] = value
    }
  }

  /** After a value: a comma leads to the next one, the closing bracket ends the container. */
  #next(parent: Container): Json | undefined {
    const character = this.#peek()
    const isArray = Array.isArray(parent)
    if (character === ',') {
      this.#at++
      if (!isArray) {
        this.#key(parent)
      }
      return undefined
    }
    if (character === (isArray ? ']' : '}')) {
      this.#at++
      this.#keys.pop()
      return this.#containers.pop()
    }
    throw this.#malformed('expected a comma or the end of the list')
  }

  #key(parent: { [key: string]: Json }) {
    if (this.#peek() !== '"') {
      throw this.#malformed('expected a name in double quotes')
    }
    const key = this.#string()
    this.#keys[this.#keys.length - 1] = key
    if (FORBIDDEN_KEYS.has(key)) {
      throw this.#malformed('a name that is not allowed')
    }
    if (Object.hasOwn(parent, key)) {
      throw this.#malformed('the same name twice')
    }
    if (this.#peek() !== ':') {
      throw this.#malformed('expected a colon')
    }
    this.#at++
  }

  #string(): string {
    const end = closingQuote(this.text, this.#at)
    const value = end === -1 ? undefined : decodeString(this.text.slice(this.#at, end + 1))
    if (value === undefined) {
      throw this.#malformed('a text that does not end, or has a character that is not allowed')
    }
    this.#at = end + 1
    return value
  }

  #scalar(): Json {
    const [literal, value] = LITERALS[this.text[this.#at] ?? ''] ?? []
    if (literal !== undefined && this.text.startsWith(literal, this.#at)) {
      this.#at += literal.length
      return value as Json
    }
    NUMBER.lastIndex = this.#at
    const number = NUMBER.exec(this.text)?.[0]
    if (number === undefined) {
      throw this.#malformed('expected a value')
    }
    if (!survives(number)) {
      throw ValidationFailed.field(this.#path(), 'number', 'The number cannot be kept exactly')
    }
    this.#at += number.length
    return Number(number) + 0
  }

  #end(value: Json): Json {
    if (this.#peek() !== undefined) {
      throw this.#malformed('something after the end')
    }
    return value
  }

  /** The next character that is not white space. */
  #peek(): string | undefined {
    for (;;) {
      const code = this.text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) {
        return this.text[this.#at]
      }
      this.#at++
    }
  }

  #path(): string {
    return this.#containers
      .map((container, i) => (Array.isArray(container) ? container.length : this.#keys[i]))
      .join('.')
  }

  #malformed(reason: string) {
    const path = this.#path().slice(0, 200).toWellFormed()
    const place = path === '' ? '' : ` in ${JSON.stringify(path)}`
    return new MalformedRequest(`Not readable as JSON at position ${this.#at}${place}: ${reason}.`)
  }
}
