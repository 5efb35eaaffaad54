import { SendHorizontal } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/input'

/** As over HTTP. */
const LONGEST = 4_000

/** Enter sends, Shift and Enter begin a line. What could not be sent stays, and goes when the line is open. */
export function Composer({ isOpen, onSend }: { isOpen: boolean; onSend: (text: string) => boolean }) {
  const [text, setText] = useState('')
  const [isWaiting, setIsWaiting] = useState(false)
  const send = () => {
    const words = text.trim()
    if (words === '') return
    const isSent = onSend(words)
    setIsWaiting(!isSent)
    if (isSent) setText('')
  }
  const sendLate = useEffectEvent(send)
  useEffect(() => {
    if (!isOpen || !isWaiting) return
    const timer = window.setTimeout(() => sendLate())
    return () => window.clearTimeout(timer)
  }, [isOpen, isWaiting])
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Textarea
        aria-label="Message"
        placeholder="Write a message"
        rows={1}
        maxLength={LONGEST}
        className="max-h-32 min-h-9"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setIsWaiting(false)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <Button type="submit" variant="primary" className="size-9 px-0" aria-label="Send" disabled={!isOpen || text.trim() === ''}>
        <SendHorizontal aria-hidden />
      </Button>
    </form>
  )
}
