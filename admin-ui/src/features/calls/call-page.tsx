import { NotBuilt } from '@/components/not-built'

export function CallPage(_: { callId: string }) {
  return <NotBuilt title="Call" />
}
