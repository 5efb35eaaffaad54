import { createFileRoute } from '@tanstack/react-router'
import { ToolPage } from '@/features/tools'

export const Route = createFileRoute('/_app/tools/$toolId')({ component: Page })

function Page() {
  const { toolId } = Route.useParams()
  return <ToolPage toolId={toolId} />
}
