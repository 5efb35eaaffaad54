// The tenant of the pictures: what is said on its lines, and who says it.

export interface Exchange {
  caller: string
  agent: string
  /** Called before the agent answers. */
  tool?: { name: string; arguments: Record<string, unknown> }
  /** Seconds after the caller's last word in which the caller waits for no reply, and goes on. */
  breaksInAfter?: number
}

export interface Scene {
  agent: 'orders' | 'tables'
  /** The caller's number. */
  from: string
  exchanges: readonly Exchange[]
  analysis: { summary: string; outcome: string; sentiment: string; fields: Record<string, unknown> }
}

export const SCENES: readonly Scene[] = [
  {
    agent: 'orders',
    from: '+14155550121',
    exchanges: [
      { caller: 'Good morning, at what time do you open on Sunday?', agent: 'On Sundays we are open from eight in the morning until one. Fresh rolls come out of the oven at half past eight.' },
      { caller: 'Great, thank you very much.', agent: 'You are welcome. See you on Sunday!' },
    ],
    analysis: { summary: 'The caller asked for the opening hours on Sunday and was told: eight to one.', outcome: 'answered', sentiment: 'positive', fields: { order: null, pickup: null, callback: false } },
  },
  {
    agent: 'tables',
    from: '+14155550166',
    exchanges: [
      { caller: 'Hello, I need a table for two people, tonight at seven.', agent: 'One moment, I look into the book. Yes, a table for two at seven is free, by the window. In which name may I book it?' },
      { caller: 'The name is Parker.', agent: 'Thank you. A table for two, tonight at seven, in the name of Parker. We look forward to seeing you.' },
    ],
    analysis: { summary: 'A table for two was booked for tonight at seven, by the window, in the name of Parker.', outcome: 'resolved', sentiment: 'positive', fields: {} },
  },
  {
    agent: 'orders',
    from: '+14155550184',
    exchanges: [
      { caller: 'The bread that I bought yesterday was hard as a stone.', agent: 'I am sorry to hear that, this is not how our bread should be. Shall I set a fresh loaf aside for you, free of charge?' },
      { caller: 'No. I want my money back, and I want to talk to a manager.', agent: 'I understand. Our manager calls you back today, before five. I have noted your number.' },
    ],
    analysis: { summary: 'The caller complained about hard bread, refused a fresh loaf and wants the money back. A manager is to call back before five.', outcome: 'complaint', sentiment: 'negative', fields: { order: 'Bread, bought yesterday', pickup: null, callback: true } },
  },
  {
    agent: 'orders',
    from: '+14155550139',
    exchanges: [
      {
        caller: 'Hello, where is my order? It is number four one five five.',
        agent: 'Your order left the shop ten minutes ago, with Tom on the green bicycle. It is two sourdough loaves, six croissants and a lemon tart, and it should be at your door in about a quarter of an hour.',
        tool: { name: 'find_order', arguments: { number: '4155' } },
        breaksInAfter: 6.5,
      },
      { caller: 'And how much do I have to pay at the door?', agent: 'Nothing at all: the order is paid already. Enjoy your breakfast!' },
    ],
    analysis: { summary: 'The caller asked where order 4155 is. It was on its way and is paid already.', outcome: 'answered', sentiment: 'neutral', fields: { order: '4155', pickup: null, callback: false } },
  },
  {
    agent: 'orders',
    from: '+14155550198',
    exchanges: [
      { caller: 'Hi, I would like to order a birthday cake for Saturday.', agent: 'With pleasure! For how many people shall it be, and do you prefer chocolate or vanilla?' },
      {
        caller: 'For twelve people, and chocolate, please.',
        agent: 'Saturday works. A chocolate cake for twelve people is forty-eight dollars. Shall I put a name on it?',
        tool: { name: 'check_oven', arguments: { day: 'saturday', people: 12 } },
      },
      { caller: 'Yes, please. Write happy birthday, Emma.', agent: 'Happy birthday Emma, noted. You can fetch the cake on Saturday from nine. Is there anything else that I can do for you?' },
      { caller: 'No, that is all. Thank you, goodbye.', agent: 'Thank you for calling Corner Bakery. See you on Saturday!' },
    ],
    analysis: { summary: 'Maria ordered a chocolate birthday cake for twelve people, with “Happy birthday Emma” on it. She fetches it on Saturday from nine; it costs 48 dollars.', outcome: 'ordered', sentiment: 'positive', fields: { order: 'Chocolate cake for twelve, “Happy birthday Emma”', pickup: 'Saturday from nine', callback: false } },
  },
]

/** The call that goes on while the live pages are taken. */
export const LIVE: Scene = {
  agent: 'orders',
  from: '+14155550177',
  exchanges: [
    { caller: 'Hello, do you also deliver breakfast to offices?', agent: 'We do, every weekday from seven on, anywhere in the city. How many of you are there?' },
    { caller: 'We are about thirty people in the office.', agent: 'Then I recommend our breakfast box: one for ten people, with rolls, croissants, fruit and coffee. Three boxes are one hundred and eighty dollars.' },
    { caller: 'That sounds good. Do you have something without milk?', agent: 'Certainly. One of the three boxes can be entirely without milk, at the same price. Which day shall we come?' },
  ],
  analysis: { summary: 'A company asked for breakfast for thirty people.', outcome: 'answered', sentiment: 'positive', fields: { order: null, pickup: null, callback: false } },
}

/** What people write; each begins a conversation of its own. */
export const CHATS: readonly (readonly Exchange[])[] = [
  [{ caller: 'Is your rye bread free of wheat?', agent: 'Our pure rye bread is: rye flour, water, salt and sourdough, nothing else. It is baked in the same oven as the others, though.' }],
  [
    { caller: 'Can I pay by card?', agent: 'Yes, with every common card, and with your telephone.' },
    { caller: 'And with cheque?', agent: 'I am afraid not: cards, telephone or cash.' },
  ],
  [{ caller: 'Do you sell gluten free rolls?', agent: 'We do, on Tuesdays and Fridays. Please order them a day before.' }],
]
export const TALK: readonly Exchange[] = [
  { caller: 'Which cake do you recommend for a six year old?', agent: 'The dinosaur cake: chocolate inside, green marzipan outside. Children love it, and it feeds ten.' },
  { caller: 'Lovely. Can it be ready by Friday afternoon?', agent: 'Yes, if you order it today. It is ready on Friday from two o’clock. In which name may I note it?' },
]

/** All that the model knows to answer. */
export const KNOWN: readonly Scene[] = [...SCENES, LIVE, ...[...CHATS, TALK].map((exchanges) => ({ ...LIVE, exchanges }))]

export const CUSTOMERS = [
  { name: 'Maria Lopez', phone: '+14155550198', external_id: 'c-1043', metadata: { favourite: 'chocolate', since: '2019' } },
  { name: 'James Parker', phone: '+14155550166', external_id: 'c-1288', metadata: { allergy: 'nuts' } },
  { name: 'Aiko Tanaka', phone: '+14155550139', external_id: 'c-1310' },
  { name: 'Robert Klein', phone: '+14155550184', external_id: 'c-0871', metadata: { newsletter: false } },
  { name: 'Harbour Software', phone: '+14155550177', external_id: 'c-2004', metadata: { kind: 'company', people: 30 } },
  { name: 'Fatima Nasser', external_id: 'c-1991' },
]
