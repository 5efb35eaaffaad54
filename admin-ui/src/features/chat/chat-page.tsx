import { NotBuilt } from '@/components/not-built'

export function ChatPage() {
  return <NotBuilt title="Talk to an agent" />
}
