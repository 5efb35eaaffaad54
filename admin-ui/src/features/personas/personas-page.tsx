import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { VoicePreview } from '@/components/voice-preview'
import { allPersonas } from '@/lib/catalogue'
import { languageName } from '@/lib/choices'
import { useCan } from '@/lib/session'
import type { Persona } from './api/queries'
import { CreateSheet } from './components/create-sheet'
import { spoken } from './components/spoken'

export function PersonasPage() {
  const { data, error, refetch } = useQuery(allPersonas)
  const [creating, setCreating] = useState(false)
  const mayManage = useCan('manage')
  const own = data?.personas.filter((persona) => !persona.built_in) ?? []
  const builtIn = data?.personas.filter((persona) => persona.built_in) ?? []
  return (
    <>
      <PageHeader
        title="Personas"
        description="Characters that agents take on: prompt, manner, voice and greeting."
        actions={
          mayManage && (
            <Button variant="primary" onClick={() => setCreating(true)}>
              Create persona
            </Button>
          )
        }
      />
      {data ? (
        <div className="space-y-8">
          <section aria-labelledby="own">
            <h2 id="own" className="mb-3 text-base font-semibold">
              Your own
            </h2>
            {own.length > 0 ? (
              <Cards personas={own} standard={data.default} />
            ) : (
              <p className="rounded-lg border border-dashed px-5 py-6 text-sm text-muted-foreground">None yet. Create one, or open a built-in persona and copy it.</p>
            )}
          </section>
          <section aria-labelledby="built-in">
            <h2 id="built-in" className="mb-3 text-base font-semibold">
              Built in
            </h2>
            <Cards personas={builtIn} standard={data.default} />
          </section>
        </div>
      ) : error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
          {Array.from({ length: 3 }, (_, at) => (
            <Skeleton key={at} className="h-40" />
          ))}
        </div>
      )}
      <CreateSheet open={creating} onOpenChange={setCreating} />
    </>
  )
}

function Cards({ personas, standard }: { personas: Persona[]; standard: string }) {
  return (
    <ul className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
      {personas.map((persona) => (
        <li key={persona.name}>
          <Card className="relative flex h-full flex-col gap-3 p-4 hover:border-input">
            <div className="flex items-start justify-between gap-3">
              <div className="min-w-0">
                <h3 className="font-medium">
                  <Link to="/personas/$persona" params={{ persona: persona.name }} className="after:absolute after:inset-0 hover:underline">
                    {persona.title}
                  </Link>
                </h3>
                <p className="font-mono text-xs break-all text-muted-foreground">{persona.name}</p>
              </div>
              <div className="relative">
                <VoicePreview of={`voice of ${persona.title}`} script={{ text: spoken(persona.greeting), persona: persona.name }} />
              </div>
            </div>
            <p className="line-clamp-3 flex-1 text-sm text-muted-foreground">{persona.description}</p>
            <div className="flex flex-wrap gap-1.5">
              {persona.name === standard && <Badge tone="primary">Default</Badge>}
              <Badge tone="outline">Voice {persona.voice}</Badge>
              {persona.language && <Badge tone="outline">{languageName(persona.language)}</Badge>}
            </div>
          </Card>
        </li>
      ))}
    </ul>
  )
}
