import { Card, CardHeader } from '@/components/ui/card'
import { Table, Td, Th } from '@/components/ui/table'
import type { Schema } from '@/lib/api'

/** What Twilio's settings are called in its console. */
const NAMES: Record<string, string> = {
  VoiceUrl: 'A call comes in',
  VoiceMethod: 'A call comes in: method',
  VoiceFallbackUrl: 'Primary handler fails',
  VoiceFallbackMethod: 'Primary handler fails: method',
  StatusCallback: 'Call status changes',
  StatusCallbackMethod: 'Call status changes: method',
  TrunkSid: 'SIP trunk',
  VoiceApplicationSid: 'TwiML app',
  VoiceReceiveMode: 'Accept incoming',
}

/** Twilio's name of a setting, which the API spells `voice_url` or `VoiceUrl`. */
function nameOf(setting: string): string {
  const camel = setting.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
  return NAMES[camel] ?? setting
}

/** What differs between what brings calls here and what stands at Twilio. */
export function Drift({ drift }: { drift: Schema<'Drift'>[] }) {
  return (
    <Card>
      <CardHeader title="What differs at Twilio" description="Settings that keep calls from coming here. “Set up for me” puts them right, unless a SIP trunk or TwiML app has the number: take that out in Twilio’s console first." />
      <Table aria-label="What differs at Twilio">
        <thead>
          <tr>
            <Th className="border-t">Setting</Th>
            <Th className="border-t">Wanted</Th>
            <Th className="border-t">Found</Th>
          </tr>
        </thead>
        <tbody>
          {drift.map(({ setting, wanted, found }) => (
            <tr key={setting}>
              <Td className="align-top">{nameOf(setting)}</Td>
              <Value text={wanted} />
              <Value text={found} />
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function Value({ text }: { text: string | null | undefined }) {
  return <Td className="min-w-40 align-top font-mono text-xs break-all">{text || <span className="font-sans text-sm text-muted-foreground">Nothing</span>}</Td>
}
