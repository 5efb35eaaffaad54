//! What can be done while the phone still rings: connections to the providers, and the agent's first words.

use domain::{
    conversations::Line,
    entity::{conversation, id::TenantId},
};
use voice::{
    conversation::{Config, Playback},
    line::AudioFormat,
    provider::{Providers, SpeakRequest},
};

use crate::{AppState, live::configure};

/// How a telephone sounds.
pub const TELEPHONE: Line =
    Line { input: AudioFormat::Mulaw8k, output: AudioFormat::Mulaw8k, playback: Playback::Marks };

/// Begins, in a task of its own. When many calls come in at once, the later ones find everything warm.
pub fn start(state: &AppState, tenant: TenantId, conversation: &conversation::Model) {
    let Some(turn) = state.live.warm_up() else { return };
    let (state, conversation) = (state.clone(), conversation.clone());
    let tasks = state.background.clone();
    tasks.spawn(async move {
        let _turn = turn;
        tokio::select! {
            () = state.shutdown.cancelled() => {}
            () = warm(&state, tenant, &conversation) => {}
        }
    });
}

async fn warm(state: &AppState, tenant: TenantId, conversation: &conversation::Model) {
    let config = match configure(state, tenant, conversation, &TELEPHONE).await {
        Ok(configured) => configured.config,
        // The stream needs the same rows a moment later and reports what is wrong with them.
        Err(error) => return tracing::debug!(%error, "nothing was warmed"),
    };
    // Asking whether they are ready opens the connections.
    let providers = state.serving.of(tenant).await;
    let own = state.serving.warm(tenant, &providers);
    tokio::join!(state.readiness.report(state), own, clips(state, &providers, &config));
}

/// The greeting first: the caller is about to hear it.
pub async fn clips(state: &AppState, providers: &Providers, config: &Config) {
    let persona = &config.persona;
    let texts = [
        config.announcement.as_ref(),
        config.greeting.as_ref(),
        Some(&persona.apology),
        Some(&persona.idle_prompt),
        Some(&persona.resumed),
    ];
    for text in texts.into_iter().flatten().filter(|text| !text.is_empty()) {
        let request = SpeakRequest {
            text: text.clone(),
            voice: persona.voice.clone(),
            speed: persona.speed,
            instructions: persona.manner.clone(),
        };
        if let Err(error) = state.engine.clips.render(&*providers.tts, &request, config.output).await {
            tracing::warn!(%error, "a clip could not be made ahead of its need");
            return;
        }
    }
}
