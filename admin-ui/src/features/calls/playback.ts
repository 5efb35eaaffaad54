import { useCallback, useSyncExternalStore } from 'react'

// What an audio element does, as React sees it; and what may be done to it.

const EVENTS = ['timeupdate', 'seeked', 'seeking', 'play', 'pause', 'ended', 'ratechange', 'durationchange', 'loadedmetadata', 'emptied', 'error']

function useAudio<T extends string | number | boolean>(audio: HTMLAudioElement | null, read: (audio: HTMLAudioElement) => T, none: T): T {
  const subscribe = useCallback(
    (changed: () => void) => {
      for (const event of EVENTS) audio?.addEventListener(event, changed)
      return () => {
        for (const event of EVENTS) audio?.removeEventListener(event, changed)
      }
    },
    [audio],
  )
  return useSyncExternalStore(subscribe, () => (audio ? read(audio) : none))
}

/** Seconds. */
export const usePosition = (audio: HTMLAudioElement | null) => useAudio(audio, ({ currentTime }) => currentTime, 0)
export const useIsPlaying = (audio: HTMLAudioElement | null) => useAudio(audio, ({ paused, ended }) => !paused && !ended, false)
export const useRate = (audio: HTMLAudioElement | null) => useAudio(audio, ({ playbackRate }) => playbackRate, 1)
/** Seconds; 0: not known yet. */
export const useLength = (audio: HTMLAudioElement | null) => useAudio(audio, ({ duration }) => (Number.isFinite(duration) ? duration : 0), 0)

export function togglePlay(audio: HTMLAudioElement): void {
  // A browser that does not let it play shows so by not playing.
  if (audio.paused) audio.play().catch(() => undefined)
  else audio.pause()
}

export function seekTo(audio: HTMLAudioElement, seconds: number): void {
  const end = Number.isFinite(audio.duration) ? audio.duration : seconds
  audio.currentTime = Math.min(Math.max(0, seconds), end)
}

export function setRate(audio: HTMLAudioElement, rate: number): void {
  audio.playbackRate = rate
}

/** Seconds that an arrow moves by. */
export const STEP_S = 5

/** The keys of a player, where nothing else wants them. True: it was one of them. */
export function onKey(audio: HTMLAudioElement, key: string): boolean {
  switch (key) {
    case ' ':
      togglePlay(audio)
      return true
    case 'ArrowLeft':
      seekTo(audio, audio.currentTime - STEP_S)
      return true
    case 'ArrowRight':
      seekTo(audio, audio.currentTime + STEP_S)
      return true
    default:
      return false
  }
}

const TAKES_KEYS = 'input, textarea, select, button, a[href], summary, [contenteditable], [role=slider], [role=menuitem], [role=tab], [role=option], [role=dialog], [role=combobox]'

/** Whether this element makes something of the key itself. */
export function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TAKES_KEYS) !== null
}
