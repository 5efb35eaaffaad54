// Writes src/api/schema.ts from ../api/openapi.json; with --check, fails when the committed one is another.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'

const document = path.resolve(import.meta.dirname, '../../api/openapi.json')
const output = path.resolve(import.meta.dirname, '../src/api/schema.ts')

// Fields with a default are given by the server and may be left out by us: `defaultNonNullable` would demand them.
const ast = await openapiTS(JSON.parse(readFileSync(document, 'utf8')), { defaultNonNullable: false, alphabetize: false })
const text = `// Generated from api/openapi.json by \`npm run generate\`: do not edit.\n\n${astToString(ast)}`

if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) {
    console.error('src/api/schema.ts is not what api/openapi.json says: run `npm run generate`')
    process.exit(1)
  }
} else {
  writeFileSync(output, text)
}
