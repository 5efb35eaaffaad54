// Writes FILE.br and FILE.gz beside what compresses, for the server to send as they are; and fails when the first
// load is too heavy.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const DIST = path.resolve(import.meta.dirname, '../dist')
const TEXT = /\.(?:js|css|html|svg|json|txt)$/
/** Bytes, gzip: what the entry page names, and the biggest page behind it. */
const FIRST_LOAD_LIMIT = 250 * 1024

const gzipped = new Map()
for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.test(entry.name)) continue
  const file = path.join(entry.parentPath, entry.name)
  const content = readFileSync(file)
  const gzip = gzipSync(content, { level: 9 })
  gzipped.set(path.relative(DIST, file), gzip.length)
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } })
  if (gzip.length < content.length) writeFileSync(`${file}.gz`, gzip)
  if (brotli.length < content.length) writeFileSync(`${file}.br`, brotli)
}

const html = readFileSync(path.join(DIST, 'index.html'), 'utf8')
const named = [...html.matchAll(/(?:src|href)="\/ui\/([^"]+\.js)"/g)].map((match) => match[1])
const first = named.reduce((sum, name) => sum + (gzipped.get(name) ?? 0), 0)
console.log(`first load: ${(first / 1024).toFixed(1)} KB of script (gzip)`)
if (first > FIRST_LOAD_LIMIT) {
  console.error(`more than ${FIRST_LOAD_LIMIT / 1024} KB: load something later`)
  process.exit(1)
}
