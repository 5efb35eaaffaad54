// A JSON schema of an object as a list of its properties, as far as that can say it.

export const KINDS = ['string', 'number', 'integer', 'boolean', 'array'] as const
export type Kind = (typeof KINDS)[number]

export interface Row {
  name: string
  kind: Kind
  description: string
  required: boolean
  /** The only values; empty: any. For strings. */
  choices: string[]
}

type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isKind = (value: unknown): value is Kind => KINDS.includes(value as Kind)
const hasOnly = (schema: Json, keys: readonly string[]) => Object.keys(schema).every((key) => keys.includes(key))

/** Undefined: the schema says more than rows can. */
export function rowsOf(schema: unknown): Row[] | undefined {
  if (!isJson(schema) || schema.type !== 'object' || !hasOnly(schema, ['type', 'properties', 'required'])) return undefined
  const properties = schema.properties ?? {}
  const required = schema.required ?? []
  if (!isJson(properties) || !Array.isArray(required)) return undefined
  const rows: Row[] = []
  for (const [name, property] of Object.entries(properties)) {
    const row = rowOf(name, property, required.includes(name))
    if (!row) return undefined
    rows.push(row)
  }
  return rows
}

function rowOf(name: string, property: unknown, required: boolean): Row | undefined {
  if (!isJson(property) || !isKind(property.type)) return undefined
  const { type: kind, description = '', enum: choices = [], items } = property
  if (!hasOnly(property, ['type', 'description', 'enum', 'items']) || typeof description !== 'string') return undefined
  if (!Array.isArray(choices) || (choices.length > 0 && kind !== 'string') || !choices.every((choice) => typeof choice === 'string')) return undefined
  const isTexts = isJson(items) && items.type === 'string' && hasOnly(items, ['type'])
  if ((kind === 'array') !== isTexts) return undefined
  return { name, kind, description, required, choices }
}

export function schemaOf(rows: readonly Row[]): Json {
  const properties: Json = {}
  for (const { name, kind, description, choices } of rows) {
    properties[name] = {
      type: kind,
      ...(description === '' ? {} : { description }),
      ...(kind === 'string' && choices.length > 0 ? { enum: choices } : {}),
      ...(kind === 'array' ? { items: { type: 'string' } } : {}),
    }
  }
  const required = rows.filter((row) => row.required).map((row) => row.name)
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

/** What is wrong with the text of a schema; undefined: nothing that can be seen here. */
export function faultOf(text: string): string | undefined {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`
  }
  if (!isJson(schema) || schema.type !== 'object') return 'It must be the schema of an object: { "type": "object", "properties": … }'
  if (schema.properties !== undefined && !isJson(schema.properties)) return '"properties" must be an object'
  const known = Object.keys(schema.properties ?? {})
  const required: unknown = schema.required ?? []
  if (!Array.isArray(required)) return '"required" must be a list of names'
  const unknown: unknown = required.find((name) => !known.includes(name as string))
  return unknown === undefined ? undefined : `"required" names ${JSON.stringify(unknown)}, which is not in "properties"`
}

export const EMPTY_SCHEMA = JSON.stringify(schemaOf([]), null, 2)
