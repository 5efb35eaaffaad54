import { Mic, MicOff, Settings2, Square, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Select } from '@/components/ui/select'
import { RadioCard, RadioGroup } from '@/components/ui/toggles'
import { cn } from '@/lib/cn'
import { type Device, type MicrophoneFailure, microphones } from '../audio/microphone'
import type { Input, Snapshot, Talk } from '../talk'
import { Meter } from './meter'

/** Microphone and loudspeaker of the conversation. */
export function Voice({ talk, now }: { talk: Talk; now: Snapshot }) {
  const isOn = now.microphone === 'on'
  const isSpeaking = now.conversation.activity === 'speaking'
  return (
    <div className="space-y-2">
      {now.failure && <Failure failure={now.failure} />}
      <div className="flex flex-wrap items-center gap-2">
        {isOn ? (
          <>
            {now.input === 'push-to-talk' ? (
              <PushToTalk talk={talk} isHeld={now.isHeld} />
            ) : (
              <Button aria-pressed={now.isMuted} variant={now.isMuted ? 'destructive' : 'secondary'} onClick={() => talk.setMuted(!now.isMuted)}>
                {now.isMuted ? <MicOff aria-hidden /> : <Mic aria-hidden />}
                {now.isMuted ? 'Muted' : 'Mute'}
              </Button>
            )}
            <Settings talk={talk} now={now} />
            <Button variant="ghost" onClick={() => void talk.setVoice(false)}>
              Write only
            </Button>
          </>
        ) : (
          <>
            <Button pending={now.microphone === 'starting'} onClick={() => void talk.setVoice(true)}>
              <Mic aria-hidden />
              Speak
            </Button>
            <Button variant="ghost" aria-pressed={now.isLoud} onClick={() => talk.setLoud(!now.isLoud)}>
              {now.isLoud ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
              {now.isLoud ? 'Answers are spoken' : 'Answers are silent'}
            </Button>
          </>
        )}
        {isSpeaking && (
          <Button variant="ghost" onClick={() => talk.interrupt()}>
            <Square aria-hidden />
            Interrupt
          </Button>
        )}
        <div className="flex min-w-40 flex-1 items-center justify-end gap-4">
          {isOn && <Meter label="You" level={() => talk.levels().person} />}
          <Meter label="Agent" level={() => talk.levels().agent} tone="lamp" />
        </div>
      </div>
    </div>
  )
}

/** Pressed with a pointer, with the keyboard, or by the space bar wherever nothing is typed or pressed with it. */
function PushToTalk({ talk, isHeld }: { talk: Talk; isHeld: boolean }) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.code !== 'Space' || event.repeat) return
    if (event.type === 'keydown') {
      const target = event.target instanceof Element ? event.target : undefined
      if (target?.closest('input, textarea, select, button, a, summary, [role="dialog"], [contenteditable]')) return
      event.preventDefault()
      talk.hold(true)
    } else {
      talk.hold(false)
    }
  })
  const release = useEffectEvent(() => talk.hold(false))
  useEffect(() => {
    const [key, away] = [(event: KeyboardEvent) => onKey(event), () => release()]
    document.addEventListener('keydown', key)
    document.addEventListener('keyup', key)
    window.addEventListener('blur', away)
    return () => {
      document.removeEventListener('keydown', key)
      document.removeEventListener('keyup', key)
      window.removeEventListener('blur', away)
    }
  }, [])
  return (
    <Button
      variant={isHeld ? 'primary' : 'secondary'}
      aria-pressed={isHeld}
      className="touch-none select-none"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        talk.hold(true)
      }}
      onPointerUp={() => talk.hold(false)}
      onPointerCancel={() => talk.hold(false)}
      onKeyDown={(event) => {
        if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) talk.hold(true)
      }}
      onKeyUp={() => talk.hold(false)}
      onBlur={() => talk.hold(false)}
    >
      <Mic aria-hidden />
      {isHeld ? 'Listening to you' : 'Hold to talk'}
      <kbd className={cn('rounded border px-1 font-sans text-xs max-sm:hidden', isHeld ? 'border-primary-foreground/40' : 'text-muted-foreground')}>Space</kbd>
    </Button>
  )
}

function Settings({ talk, now }: { talk: Talk; now: Snapshot }) {
  const [open, setOpen] = useState(false)
  const devices = useDevices(open)
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Microphone settings" title="Microphone settings">
          <Settings2 aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-80 space-y-4" side="top">
        <RadioGroup aria-label="How you speak" value={now.input} onValueChange={(input) => talk.setInput(input as Input)}>
          <RadioCard value="hands-free" label="Hands-free" description="The agent hears when you have finished." />
          <RadioCard value="push-to-talk" label="Push to talk" description="It hears you while you hold the button or the space bar." />
        </RadioGroup>
        <div className="space-y-1.5">
          <Label htmlFor="microphone">Microphone</Label>
          <Select
            id="microphone"
            value={devices.some(({ id }) => id === now.device) ? now.device : ''}
            onChange={(device) => void talk.setDevice(device)}
            options={devices.map(({ id, label }) => ({ value: id, label }))}
          />
        </div>
      </PopoverContent>
    </Popover>
  )
}

function useDevices(isWanted: boolean): Device[] {
  const [devices, setDevices] = useState<Device[]>([])
  useEffect(() => {
    if (!isWanted) return
    const look = () => void microphones().then(setDevices)
    look()
    navigator.mediaDevices.addEventListener('devicechange', look)
    return () => navigator.mediaDevices.removeEventListener('devicechange', look)
  }, [isWanted])
  return devices
}

const FAILURES: Record<MicrophoneFailure, { title: string; text: string }> = {
  denied: { title: 'The browser does not let this page use the microphone', text: 'Allow it in the browser’s settings for this site, often behind the symbol beside the address. Then press Speak again.' },
  missing: { title: 'There is no microphone', text: 'Connect one and press Speak again. Until then, write.' },
  busy: { title: 'The microphone is in use', text: 'Close the program that has it, then press Speak again.' },
  insecure: { title: 'The microphone needs HTTPS', text: 'Browsers give it to pages from https:// or from this machine only. Writing works all the same.' },
  unknown: { title: 'The microphone does not start', text: 'Choose another one, or restart the browser. Writing works all the same.' },
}

function Failure({ failure }: { failure: MicrophoneFailure }) {
  const { title, text } = FAILURES[failure]
  return (
    <Alert tone="warning" title={title}>
      {text}
    </Alert>
  )
}
