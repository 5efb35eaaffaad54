import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Wrench } from 'lucide-react'
import { Controller } from 'react-hook-form'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Checkbox } from '@/components/ui/toggles'
import { allTools } from '@/lib/catalogue'
import type { TabProps } from './conversation-tab'
import { Section } from './section'

export function ToolsTab({ form, readOnly }: TabProps) {
  const { data, error, refetch } = useQuery(allTools)
  return (
    <Section title="Tools" description="What the model may call in the middle of a conversation. It chooses by their names and descriptions.">
      {error && !data ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton className="h-32" />
      ) : data.length === 0 ? (
        <EmptyState
          icon={Wrench}
          title="No tools yet"
          action={
            !readOnly && (
              <Button asChild>
                <Link to="/tools/$toolId" params={{ toolId: 'new' }}>
                  Create tool
                </Link>
              </Button>
            )
          }
        >
          A tool is an HTTP request: an order’s status, a free table, a new ticket.
        </EmptyState>
      ) : (
        <Controller
          control={form.control}
          name="tools"
          render={({ field: { value, onChange }, fieldState }) => (
            <>
              <ul className="divide-y rounded-md border">
                {data.map((tool) => (
                  <li key={tool.id} className="flex items-start gap-3 px-3 py-2.5">
                    <Checkbox id={`tool-${tool.id}`} className="mt-1" disabled={readOnly} value={value.includes(tool.id)} onChange={(on) => onChange(on ? [...value, tool.id] : value.filter((id) => id !== tool.id))} />
                    <label htmlFor={`tool-${tool.id}`} className="min-w-0 flex-1">
                      <span className="font-mono text-sm font-medium break-all">{tool.name}</span>
                      <span className="block text-sm text-muted-foreground">{tool.description}</span>
                    </label>
                    <Badge tone="outline">{tool.method}</Badge>
                    <Button asChild variant="link" className="text-sm">
                      <Link to="/tools/$toolId" params={{ toolId: tool.id }} aria-label={`Open ${tool.name}`}>
                        Open
                      </Link>
                    </Button>
                  </li>
                ))}
              </ul>
              {fieldState.error?.message && (
                <p role="alert" className="text-sm text-destructive-text">
                  {fieldState.error.message}
                </p>
              )}
              <p className="text-sm text-muted-foreground">
                {value.length} of at most 32 chosen. Hanging up and transferring are on the Calls tab.
              </p>
            </>
          )}
        />
      )}
    </Section>
  )
}
