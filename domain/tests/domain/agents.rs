use domain::access::By;
use std::time::Duration;

use domain::{
    agents,
    agents::NewAgent,
    conversations::{self, Cast, Line, Wanted},
    entity::{
        agent::{self, AgentSettings},
        conversation::Channel,
    },
    personas, tenants,
    testing::{Fresh, on_both},
};
use voice::{conversation::Playback, line::AudioFormat};

const LINE: Line =
    Line { input: AudioFormat::Mulaw8k, output: AudioFormat::Pcm16 { rate: 24_000 }, playback: Playback::Marks };

on_both! {
    async fn an_agents_wishes_come_before_the_personas(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let settings = AgentSettings {
            persona: "calm_concierge".to_owned(),
            instructions: Some("Sell bread only.".to_owned()),
            greeting: Some("Bakery!".to_owned()),
            greeting_interruptible: false,
            model: Some("small".to_owned()),
            temperature: Some(0.7),
            max_tokens: Some(77),
            voice: Some("onyx".to_owned()),
            speed: Some(1.1),
            language: Some("fr".to_owned()),
            transfer_to: Some("+14155550123".to_owned()),
            may_end_call: false,
            turns: agent::Turns {
                interruptible: Some(false),
                end_complete_ms: Some(300),
                end_unknown_ms: Some(400),
                end_incomplete_ms: Some(500),
                barge_in_after_ms: Some(60),
                barge_in_sure_ms: Some(700),
                keys_gap_ms: Some(800),
            },
            limits: agent::Limits { idle_prompt_after_s: Some(5), silence_s: Some(20), max_duration_s: Some(60) },
            ..AgentSettings::default()
        };
        let new = NewAgent { name: "Concierge".to_owned(), settings };
        let agent = agents::create(&db, tenant, &By::SYSTEM, new).await.unwrap();
        let wanted = Wanted { agent: Some(agent.id), ..Wanted::on(Channel::Phone) };
        let cast = conversations::begin(&db, tenant, wanted).await.unwrap().cast;
        let config = cast.config(&LINE);

        assert_eq!(cast.persona.name, "calm_concierge");
        assert!(config.persona.instructions.starts_with(cast.persona.prompt.as_ref()));
        assert!(config.persona.instructions.ends_with("Sell bread only."));
        assert_eq!(config.greeting.as_deref(), Some("Bakery!"));
        assert!(!config.greeting_interruptible);
        assert_eq!((config.persona.voice.as_str(), config.persona.speed), ("onyx", 1.1));
        assert_eq!((config.persona.model.as_deref(), config.persona.temperature), (Some("small"), Some(0.7)));
        assert_eq!((config.persona.max_tokens, config.persona.language.as_deref()), (77, Some("fr")));
        assert_eq!(config.transfer_to.as_deref(), Some("+14155550123"));
        assert!(!config.may_end_call);
        let ms = Duration::from_millis;
        let turns = voice::turn::Config {
            interruptible: false,
            end_complete: ms(300),
            end_unknown: ms(400),
            end_incomplete: ms(500),
            barge_in_after: ms(60),
            barge_in_sure: ms(700),
            keys_gap: ms(800),
            ..Default::default()
        };
        assert_eq!(config.turns, turns);
        let limits = [config.limits.idle_prompt_after, config.limits.silence, config.limits.max_duration];
        assert_eq!(limits, [5, 20, 60].map(Duration::from_secs));
        assert_eq!((config.input, config.output, config.playback), (LINE.input, LINE.output, LINE.playback));
    }

    async fn the_first_agent_is_the_oldest(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        assert_eq!(agents::first(&db, tenant).await.unwrap(), None);
        let new = |name: &str| NewAgent { name: name.to_owned(), ..NewAgent::default() };
        let oldest = agents::create(&db, tenant, &By::SYSTEM, new("b")).await.unwrap();
        agents::create(&db, tenant, &By::SYSTEM, new("a")).await.unwrap();
        assert_eq!(agents::first(&db, tenant).await.unwrap(), Some(oldest.id));
    }
}

#[test]
fn without_an_agent_the_persona_speaks_for_itself() {
    for persona in personas::built_in() {
        let config = Cast::alone(persona.clone()).config(&LINE);
        assert_eq!(config.greeting.as_deref(), Some(persona.greeting.as_ref()));
        assert_eq!((config.persona.voice.as_str(), config.persona.speed), (persona.voice.as_ref(), persona.speed));
    }
    assert_eq!(personas::default().name, personas::DEFAULT);
}
