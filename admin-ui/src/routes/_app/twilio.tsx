import { createFileRoute } from '@tanstack/react-router'
import { TwilioPage } from '@/features/twilio'

export const Route = createFileRoute('/_app/twilio')({ component: TwilioPage })
