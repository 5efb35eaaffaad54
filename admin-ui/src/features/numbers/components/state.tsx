import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { Schema } from '@/lib/api'

type State = Schema<'AtTwilio'>['state']

interface Words {
  label: string
  tone: BadgeTone
  /** What it means, and what to do. */
  advice?: string
}

export const STATES: Record<State, Words> = {
  not_checked: { label: 'Not checked', tone: 'neutral', advice: 'Twilio has not been asked yet. Test the number to know whether calls come through.' },
  as_configured: { label: 'Ready', tone: 'success' },
  drifted: { label: 'Not sent here', tone: 'warning', advice: 'What stands at Twilio is not what brings calls here. Set it up again, or see below what differs.' },
  wrong_credentials: { label: 'Wrong credentials', tone: 'destructive', advice: 'Twilio no longer accepts the Auth Token: it was probably changed there. Enter the new one under Auth Token.' },
  account_suspended: { label: 'Account suspended', tone: 'destructive', advice: 'Twilio has suspended the account, and the number takes no calls. Look for a message or an open bill in Twilio’s console.' },
  account_closed: { label: 'Account closed', tone: 'destructive', advice: 'The Twilio account is closed. Remove the number, and register it with the account that has it now.' },
  number_gone: { label: 'Number gone', tone: 'destructive', advice: 'The account does not have this number any more: it was released or moved. Remove it here, or register it with the account that has it.' },
}

/** How the number stands at Twilio. */
export function StateBadge({ state }: { state: State }) {
  const { label, tone } = STATES[state]
  return <Badge tone={tone}>{label}</Badge>
}
