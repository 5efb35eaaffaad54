import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { TooltipProvider } from '@/components/ui/tooltip'
import type { Turn } from '../api/detail'
import type { Line } from '../transcript'
import { TranscriptView } from './transcript-view'

const line = (more: Partial<Line>): Line => ({ speaker: 'agent', kind: 'speech', start_ms: 0, end_ms: 0, text: '', interrupted: false, ...more })

const LINES = [
  line({ text: 'Hello, how can I help you?' }),
  line({ speaker: 'caller', start_ms: 4_000, text: 'Where is my order?', turn: 1 }),
  line({ speaker: 'tool', kind: 'call', start_ms: 5_000, text: 'find_order', turn: 1, outcome: 'done' }),
  line({ start_ms: 6_000, text: 'It is on its way,', generated_text: 'It is on its way, and comes tomorrow.', interrupted: true, turn: 1 }),
]
const TURNS = [{ number: 1, tool_calls: [{ name: 'find_order', arguments: '{"number":"4815"}', outcome: 'done', latency_ms: 212, result: '{"status":"sent"}' }] }] as Turn[]

function show(seek?: (ms: number) => void, current = -1) {
  render(
    <TooltipProvider>
      <TranscriptView lines={LINES} turns={TURNS} current={current} seek={seek} />
    </TooltipProvider>,
  )
  return within(screen.getByRole('list', { name: 'Transcript' })).getAllByRole('listitem')
}

test('what was cut off is struck through, and said to be so', () => {
  const last = show().at(-1)
  expect(last).toHaveTextContent('It is on its way, and comes tomorrow. (not heard')
  expect(last?.querySelector('del')).toHaveTextContent('and comes tomorrow.')
  expect(within(last as HTMLElement).getByText('Interrupted')).toBeVisible()
})

test('a tool’s call opens to what was asked and answered', () => {
  const tool = show()[2]
  expect(tool).toHaveTextContent('find_order')
  expect(tool).toHaveTextContent('212 ms')
  expect(tool).toHaveTextContent('"number": "4815"')
  expect(tool).toHaveTextContent('"status": "sent"')
})

test('a line’s time plays from there, where there is something to play', async () => {
  const seek = vi.fn()
  show(seek)
  await userEvent.click(screen.getByRole('button', { name: 'Play from 0:06' }))
  expect(seek).toHaveBeenCalledWith(6_000)
})

test('without a recording nothing plays', () => {
  show()
  expect(screen.queryByRole('button', { name: /^Play/ })).toBeNull()
})
