import { Square, Volume2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { apiFetch } from '@/lib/api'
import { problemOf } from '@/lib/api/problem'
import { useCan } from '@/lib/session'
import { mendWav } from '@/lib/wav'
import { Button } from './ui/button'
import { toast } from './ui/toast'

export interface Script {
  text: string
  persona?: string
  voice?: string
  speed?: number
}

interface VoicePreviewProps {
  script: Script
  /** What is heard, for screen readers: `voice of Friendly guide`. */
  of: string
  /** The button's words; without them it is a picture. */
  label?: string
}

interface Running {
  abort: AbortController
  audio?: HTMLAudioElement
}

function end(running: Running | undefined): void {
  running?.abort.abort()
  running?.audio?.pause()
  if (running?.audio) URL.revokeObjectURL(running.audio.src)
}

/** Has something said by the server's voice, and plays it; another press stops it. */
export function VoicePreview({ script, of, label }: VoicePreviewProps) {
  const [state, setState] = useState<'idle' | 'loading' | 'playing'>('idle')
  const running = useRef<Running | undefined>(undefined)
  const mayHear = useCan('calls')

  const stop = () => {
    end(running.current)
    running.current = undefined
    setState('idle')
  }
  useEffect(() => () => end(running.current), [])
  const play = async () => {
    const abort = new AbortController()
    const mine: Running = { abort }
    running.current = mine
    setState('loading')
    try {
      const audio = new Audio(await speak(script, abort.signal))
      mine.audio = audio
      audio.addEventListener('ended', stop)
      await audio.play()
      setState('playing')
    } catch (error) {
      if (abort.signal.aborted) return
      stop()
      toast.error(error)
    }
  }
  const isBusy = state === 'playing'
  const words = isBusy ? `Stop the ${of}` : `Play the ${of}`
  const why = mayHear ? words : 'Your role cannot use the voices'
  return (
    <Button
      size={label ? 'md' : 'icon-sm'}
      aria-label={label ? undefined : words}
      title={why}
      pending={state === 'loading'}
      disabled={!mayHear || script.text.trim() === ''}
      onClick={() => (isBusy ? stop() : void play())}
    >
      {state !== 'loading' && (isBusy ? <Square aria-hidden /> : <Volume2 aria-hidden />)}
      {label && (isBusy ? 'Stop' : label)}
    </Button>
  )
}

/** An address that a player can play. */
async function speak(script: Script, signal: AbortSignal): Promise<string> {
  const answer = await apiFetch(
    new Request(`${window.location.origin}/voice/text-to-speech`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(script),
      signal,
    }),
  )
  if (!answer.ok) throw await problemOf(answer)
  return URL.createObjectURL(new Blob([mendWav(await answer.arrayBuffer())], { type: 'audio/wav' }))
}
