import { Link, type LinkProps } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { QuickStart } from '@/components/quick-start'
import { Card, CardHeader } from '@/components/ui/card'
import { useCan } from '@/lib/session'

interface Step {
  title: string
  description: string
  done: boolean
  to: LinkProps['to']
  action: string
}

/** What a new tenant does first; the first step that is open has the button. */
export function GettingStarted({ agent, talked, number }: { agent: boolean; talked: boolean; number: boolean }) {
  const steps: Step[] = [
    { title: 'Make an agent', description: 'Who answers: its manner, what it knows, what it may do.', done: agent, to: '/agents', action: agent ? 'Make an agent' : 'Make your own' },
    { title: 'Talk to it', description: 'A minute, from this browser: with your microphone or in writing. No phone number needed.', done: talked, to: '/chat', action: 'Talk to it now' },
    { title: 'Register a phone number', description: 'A number of your Twilio account rings at the agent.', done: number, to: '/numbers', action: 'Register a number' },
  ]
  const open = steps.findIndex((step) => !step.done)
  const mayManage = useCan('manage')
  return (
    <Card aria-label="Getting started">
      <CardHeader title="Getting started" description={`${steps.filter((step) => step.done).length} of ${steps.length} done`} />
      {!agent && mayManage && (
        <div className="space-y-3 border-t bg-muted/40 px-5 py-5">
          <div>
            <h3 className="font-semibold">Talk to your first agent in a minute</h3>
            <p className="text-sm text-muted-foreground">Choose what it is for. It is made and answers at once, in this browser; everything about it can be changed afterwards.</p>
          </div>
          <QuickStart />
        </div>
      )}
      <ol className="border-t">
        {steps.map((step, at) => (
          <li key={step.title} className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 border-b px-5 py-3 last:border-b-0">
            {step.done ? (
              <span className="grid size-6 shrink-0 place-items-center rounded-full bg-primary text-primary-foreground">
                <Check className="size-3.5" aria-label="Done" />
              </span>
            ) : (
              <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-full border border-input text-xs text-muted-foreground">
                {at + 1}
              </span>
            )}
            <div className="min-w-40 flex-1">
              <p className={step.done ? 'text-muted-foreground line-through' : 'font-medium'}>{step.title}</p>
              <p className="text-sm text-muted-foreground">{step.description}</p>
            </div>
            {!step.done && (
              <Button asChild variant={at === open && at > 0 ? 'primary' : 'secondary'} className="max-sm:ml-10">
                <Link to={step.to}>{step.action}</Link>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}
