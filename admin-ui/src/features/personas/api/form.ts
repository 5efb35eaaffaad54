import { z } from 'zod'
import type { Schema } from '@/lib/api'

const text = (longest: number, empty: string) => z.string().trim().min(1, empty).max(longest, `Use at most ${longest.toLocaleString('en')} characters`)

/** What the API demands of a persona, said before it is asked. */
export const schema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'Use small letters, digits and _, a letter first'),
  title: text(200, 'Enter a title'),
  description: text(1_000, 'Say in a line who this is'),
  tone: text(200, 'Say how it speaks, in a few words'),
  prompt: text(20_000, 'Tell the model who it is'),
  greeting: text(1_000, 'Enter what it says first'),
  voice: z.string().trim().min(1, 'Choose a voice').max(100, 'Use at most 100 characters'),
  speed: z.string().refine((speed) => Number(speed) >= 0.25 && Number(speed) <= 4, 'Enter a number from 0.25 to 4'),
  /** `auto`: the recogniser decides. */
  language: z.string(),
})

export type PersonaForm = z.infer<typeof schema>

export const BLANK: PersonaForm = { name: '', title: '', description: '', tone: '', prompt: '', greeting: '', voice: 'alloy', speed: '1', language: 'auto' }

export function toForm(persona: Schema<'Persona'>): PersonaForm {
  const { name, title, description, tone, prompt, greeting, voice, speed, language } = persona
  return { name, title, description, tone, prompt, greeting, voice, speed: String(speed), language: language ?? 'auto' }
}

/** All but the name, which never changes. */
export function toChange({ name: _, speed, language, ...rest }: PersonaForm): Omit<Schema<'NewPersona'>, 'name'> {
  return { ...rest, speed: Number(speed), language: language === 'auto' ? null : language }
}

/** A name that fits the title: `Café Lady` → `cafe_lady`. */
export function nameFor(title: string): string {
  return title
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 64)
}
