use clap::Args;
use url::Url;

/// Twilio's REST API.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Twilio")]
pub struct TwilioConfig {
    /// Where numbers are verified and configured; `simulator twilio` stands in for it where there is no internet
    #[arg(long, env = "TWILIO_API_URL", default_value = "https://api.twilio.com", value_name = "URL", value_parser = domain::twilio::base_url)]
    pub twilio_api_url: Url,
}
