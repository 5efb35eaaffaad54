import { NotBuilt } from '@/components/not-built'

export function TwilioPage() {
  return <NotBuilt title="Twilio" />
}
