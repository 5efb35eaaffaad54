import { expect, test } from 'vitest'
import { BLANK, nameFor, schema, toChange, toForm } from './form'

test('a name comes from the title and is one that the API takes', () => {
  expect(nameFor('Café Lady')).toBe('cafe_lady')
  expect(nameFor('  24/7 Support! ')).toBe('support')
  expect(nameFor('東京')).toBe('')
  expect(schema.shape.name.safeParse(nameFor('x'.repeat(80))).success).toBe(true)
})

test('a persona goes through the form unchanged', () => {
  const persona = { name: 'a', title: 'A', description: 'd', tone: 't', prompt: 'p', greeting: 'g', voice: 'nova', speed: 1.25, language: 'de', built_in: false }
  expect(toChange(toForm(persona))).toEqual({ title: 'A', description: 'd', tone: 't', prompt: 'p', greeting: 'g', voice: 'nova', speed: 1.25, language: 'de' })
  expect(toChange({ ...BLANK, language: 'auto' }).language).toBeNull()
})

test('a speed that is none is refused', () => {
  expect(schema.shape.speed.safeParse('fast').success).toBe(false)
  expect(schema.shape.speed.safeParse('').success).toBe(false)
  expect(schema.shape.speed.safeParse('0.25').success).toBe(true)
})
