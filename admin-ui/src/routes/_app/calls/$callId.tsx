import { createFileRoute } from '@tanstack/react-router'
import { CallPage } from '@/features/calls'

export const Route = createFileRoute('/_app/calls/$callId')({ component: Page })

function Page() {
  const { callId } = Route.useParams()
  return <CallPage callId={callId} />
}
