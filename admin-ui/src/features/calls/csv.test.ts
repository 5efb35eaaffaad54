import { expect, test } from 'vitest'
import { cell, line } from './csv'

test('cells with commas, quotes and line ends are quoted', () => {
  expect(line(['plain', 'a, b', 'say "hi"', 'two\nlines', null, 7])).toBe('plain,"a, b","say ""hi""","two\nlines",,7\r\n')
})

test('what a spreadsheet would run as a formula is text', () => {
  expect(cell('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`)
  expect(cell('@SUM(A1)')).toBe("'@SUM(A1)")
  expect(cell('-2+3')).toBe("'-2+3")
  expect(cell('+1-800 <script>')).toBe("'+1-800 <script>")
})

test('numbers stay numbers', () => {
  expect(cell('+14155550100')).toBe('+14155550100')
  expect(cell(-1.5)).toBe('-1.5')
})
