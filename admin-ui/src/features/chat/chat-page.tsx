import { useState } from 'react'
import { PageHeader } from '@/components/ui/page-header'
import { Alert } from '@/components/ui/alert'
import { Card } from '@/components/ui/card'
import { useCan } from '@/lib/session'
import { History } from './components/history'
import { Start } from './components/start'
import { Stage } from './components/stage'
import type { Cast } from './talk'
import { useTalk } from './use-talk'

interface ChatPageProps {
  agent?: string
  /** One that was begun before: the page was loaded anew. */
  session?: string
  /** The address names the conversation, so that it outlives the page. */
  onSession: (session: string | undefined, agent: string | undefined) => void
}

export function ChatPage({ agent, session, onSession }: ChatPageProps) {
  const { talk, now } = useTalk()
  const [cast, setCast] = useState<Cast>({ agent })
  const mayTalk = useCan('calls')

  const begin = (withVoice: boolean, chosen: Cast, name: string) => {
    setCast(chosen)
    onSession(name, chosen.agent)
    void talk.start(name, chosen, withVoice)
  }
  const leave = () => {
    talk.leave()
    onSession(undefined, cast.agent)
  }

  return (
    <>
      {now.session === undefined && <PageHeader title="Talk to an agent" description="In this browser, with your microphone or in writing: what callers get on the telephone." />}
      {!mayTalk ? (
        <Card className="p-5">
          <Alert title="Your role may look, but not talk">Ask an administrator of your organisation for the role of a member.</Alert>
        </Card>
      ) : now.session === undefined ? (
        <>
          <Start cast={cast} session={session} onCast={setCast} onStart={(withVoice) => begin(withVoice, cast, crypto.randomUUID())} onResume={(withVoice) => session && begin(withVoice, cast, session)} onForget={() => onSession(undefined, cast.agent)} />
          <History />
        </>
      ) : (
        <Stage talk={talk} now={now} cast={cast} onLeave={leave} />
      )}
    </>
  )
}
