import { expect, test } from 'vitest'
import type { Turn } from './api/detail'
import { latencyOf, percentile } from './latency'

const turn = (times: object) => ({ number: 1, prompt_kind: 'speech', times }) as Turn

test('stages follow each other as they happened, from the caller’s last word on', () => {
  const latency = latencyOf(
    turn({ caller_stopped_ms: 5_120, end_of_turn_ms: 5_600, transcript_final_ms: 5_540, first_token_ms: 5_580, first_speech_byte_ms: 5_640, first_frame_sent_ms: 5_660, first_mark_echoed_ms: null }),
  )
  expect(latency?.stages.map(({ step, from, to }) => [step.label, from, to])).toEqual([
    ['Transcript', 0, 420],
    ['First token', 420, 460],
    ['End of turn', 460, 480],
    ['First audio', 480, 520],
    ['Sent', 520, 540],
  ])
  expect(latency?.replyMs).toBe(540)
})

test('what was guessed before the caller had finished took no time', () => {
  const latency = latencyOf(turn({ caller_stopped_ms: 1_000, first_token_ms: 900, first_frame_sent_ms: 1_300 }))
  expect(latency?.stages.map(({ from, to }) => to - from)).toEqual([0, 300])
})

test('a greeting begins with its first step, and has no reply latency', () => {
  const latency = latencyOf(turn({ caller_stopped_ms: null, first_speech_byte_ms: 80, first_frame_sent_ms: 100 }))
  expect(latency?.totalMs).toBe(20)
  expect(latency?.replyMs).toBeUndefined()
  expect(latencyOf(turn({ caller_stopped_ms: null }))).toBeUndefined()
})

test('percentiles are the nearest rank, as the server reckons them', () => {
  expect(percentile([300, 100, 200], 50)).toBe(200)
  expect(percentile([300, 100, 200], 95)).toBe(300)
  expect(percentile([], 50)).toBeUndefined()
})
