using System.Collections.Frozen;

namespace NeedleBench.Training.Synthesis;

/// <summary>Words that may stand for one another in tool names, parameter names and descriptions.</summary>
static class Lexicon
{
    /// <summary>What may replace a verb in a tool's name. Not symmetric: a synonym must not widen what the tool does.</summary>
    public static FrozenDictionary<string, string[]> Verbs { get; } = Table(
        "set: change adjust update configure put", "get: fetch retrieve show check read query",
        "add: insert append put include",
        "start: begin launch run initiate", "stop: end halt finish", "end: stop finish terminate", "create: make new build",
        "delete: remove erase drop", "remove: delete drop take_out", "send: dispatch transmit submit",
        "find: search locate look_up",
        "list: show get view enumerate", "check: get query inspect", "cancel: abort call_off drop",
        "open: launch show bring_up",
        "toggle: switch turn flip", "switch: toggle change set", "book: reserve arrange", "log: record track save",
        "read: show view get",
        "update: edit modify change", "show: display view present", "search: find look_up query", "share: send pass_on",
        "schedule: plan arrange set_up", "navigate: route guide", "convert: change exchange", "play: start put_on",
        "take: capture make",
        "mark: flag set", "mute: silence", "connect: link pair join", "block: ban bar", "unblock: unban", "save: store keep",
        "clear: empty wipe", "complete: finish close check_off", "reschedule: move postpone", "track: follow trace",
        "order: buy request",
        "pay: settle", "transfer: move", "request: ask_for", "split: divide", "define: explain", "translate: render",
        "calculate: compute",
        "activate: enable trigger", "pause: hold suspend", "extend: prolong lengthen", "snooze: delay", "reply: answer respond",
        "forward: relay pass_on", "post: publish write", "schedule: plan", "rent: hire", "apply: use", "return: send_back",
        "suggest: recommend propose", "measure: take read", "view: show see", "dial: call ring", "place: make",
        "report: submit file",
        "resume: continue", "edit: change modify", "assign: give allocate", "generate: produce create", "upload: send put",
        "download: fetch get", "export: dump extract", "import: load bring_in", "approve: accept confirm",
        "reject: decline deny",
        "submit: send file", "register: enrol sign_up", "lock: secure", "unlock: open", "enable: activate turn_on",
        "disable: deactivate turn_off",
        "print: output", "rename: retitle", "archive: file store", "restore: recover bring_back", "subscribe: sign_up follow",
        "compare: contrast",
        "invite: ask add", "notify: alert tell", "monitor: watch", "estimate: gauge work_out", "verify: check confirm",
        "renew: extend", "move: shift");

    /// <summary>What may replace a noun in a tool's name.</summary>
    public static FrozenDictionary<string, string[]> Nouns { get; } = Table(
        "message: msg text", "messages: msgs texts", "temperature: temp", "weather: wx meteo", "forecast: outlook",
        "calendar: cal diary",
        "event: appointment entry", "reminder: nudge alert", "alarm: alarm_clock wake_up", "timer: countdown", "light: lamp",
        "lights: lamps lighting",
        "brightness: luminosity dimming", "volume: loudness sound_level", "song: track tune", "music: audio songs",
        "playlist: mix play_list",
        "contact: person", "call: phone_call", "email: mail e_mail", "note: memo jotting", "list: checklist",
        "item: entry thing", "task: todo job",
        "flight: plane", "hotel: lodging accommodation", "hotels: lodgings accommodations", "ride: taxi cab",
        "car: vehicle auto", "restaurant: eatery diner",
        "restaurants: eateries", "place: location spot", "places: locations spots", "route: way path", "traffic: congestion",
        "money: funds payment",
        "bill: invoice", "account: acct", "balance: funds", "budget: spending_limit", "expense: spending cost",
        "card: payment_card", "currency: money forex",
        "workout: exercise training", "medication: medicine meds", "sleep: rest", "weight: body_weight", "steps: step_count",
        "photo: picture image",
        "screenshot: screen_capture", "app: application", "wifi: wlan wireless", "bluetooth: bt", "settings: prefs options",
        "status: state info", "info: details data",
        "package: parcel shipment", "cart: basket trolley", "product: article goods", "products: articles goods",
        "recipe: dish_recipe cooking_recipe", "table: reservation",
        "news: headlines_feed newsfeed", "stock: share equity", "quote: price", "score: result", "user: account_holder member",
        "document: doc file", "file: document",
        "ticket: issue case", "order: purchase", "schedule: timetable", "meeting: appointment call", "report: summary",
        "thermostat: heating climate", "vacuum: robot_vac hoover",
        "door: entrance", "blinds: shades shutters", "conversation: chat thread", "notification: alert", "history: log",
        "number: num no");

    /// <summary>What may replace a parameter's name.</summary>
    public static FrozenDictionary<string, string[]> Parameters { get; } = Table(
        "destination: dest target_place where_to", "location: place loc where", "city: town city_name place",
        "duration: length time_span how_long dur", "time: when at_time clock_time",
        "date: day on_date", "when: time at", "contact: person contact_name who", "recipient: to addressee receiver",
        "message: text content msg", "body: text content message_text",
        "name: full_name label", "title: heading name", "query: q search_term keywords search_text",
        "level: value intensity setting", "amount: sum value qty", "quantity: count qty how_many",
        "room: area zone room_name", "device: gadget device_name target_device", "enabled: on active is_enabled turn_on",
        "artist: performer singer musician", "song: track song_title tune",
        "album: record album_title", "playlist: playlist_name mix", "list_name: list list_title which_list",
        "item: entry thing item_name", "note: memo comment remark", "subject: topic headline subject_line",
        "unit: units measure", "number: num digits", "category: kind group", "period: time_range span interval",
        "person: who individual", "label: tag caption", "task: todo job to_do",
        "place: location spot venue", "origin: from start_point starting_from", "mode: how method", "direction: way which_way",
        "app: application app_name", "language: lang", "topic: theme subject_matter",
        "count: how_many limit max_results", "color: colour hue", "temperature: temp degrees", "speed: rate pace",
        "percent: pct percentage", "reason: why cause", "email: mail_address e_mail", "phone: phone_number tel",
        "address: addr street_address", "start: from begin", "end: until to", "price: cost", "size: dimensions_size",
        "description: details summary_text", "status: state", "type: kind", "priority: urgency importance",
        "order_id: order_number order_no", "user_id: uid user", "people: party_size guests", "field: attribute detail",
        "password: passcode secret", "network: ssid network_name", "account: acct account_name",
        "medication: medicine drug", "dose: dosage", "activity: exercise sport", "word: term", "text: words content",
        "company: firm business", "team: club squad", "stop: station halt", "day: weekday date_day");

    /// <summary>Shortened words in names of both kinds.</summary>
    public static FrozenDictionary<string, string[]> Abbreviations { get; } = Table(
        "message: msg", "temperature: temp", "number: num", "quantity: qty", "address: addr", "destination: dest",
        "location: loc", "duration: dur", "maximum: max", "minimum: min", "minutes: mins",
        "seconds: secs", "hours: hrs", "information: info", "calendar: cal", "notification: notif", "description: desc",
        "category: cat", "language: lang", "percent: pct", "account: acct", "amount: amt",
        "configuration: cfg", "reference: ref", "document: doc", "image: img", "position: pos", "configure: cfg",
        "update: upd", "delete: del", "create: mk", "average: avg", "departure: dep", "arrival: arr", "appointment: appt");

    /// <summary>Optional parameters that no request evidences: name, type, description.</summary>
    public static IReadOnlyList<CorpusParameter> Unasked { get; } =
    [
        new("dry_run", "boolean", "True to only simulate the call.", false),
        new("request_id", "string", "Identifier that the caller sets for tracing.", false),
        new("verbose", "boolean", "Return debugging details as well.", false), new("trace_id", "string", "", false),
        new("locale", "string", "BCP 47 tag of the output language.", false),
        new("device_id", "string", "Internal id of the calling device.", false),
        new("apiVersion", "string", "Version of the interface.", false),
        new("timeout_ms", "integer", "Give up after this many milliseconds.", false),
        new("callback_url", "string", "Where to post the result.", false),
        new("idempotencyKey", "string", "Key that makes retries safe.", false),
        new("page_token", "string", "Token of the next page of results.", false),
        new("source", "string", "Which client made the request.", false) { Enum = ["watch", "phone", "hub"] },
        new("output_format", "string", "Form of the returned data.", false) { Enum = ["json", "xml", "csv"] },
    ];

    /// <summary>Words that begin a question.</summary>
    public static FrozenSet<string> Questions { get; } =
        ("what what's whats how how's when when's where where's who who's which is are can could would will do does did am "
        + "should has have any why whose")
            .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that begin a command, before which "please" and "can you" may stand.</summary>
    public static FrozenSet<string> Imperatives { get; } =
        ("set change adjust update start begin stop end create make delete remove send find list show check cancel open turn "
        + "switch book log record read search share "
        + "schedule navigate convert play take mark mute connect block save clear complete move track order pay transfer split "
        + "define translate calculate activate pause extend "
        + "snooze reply forward post rent apply return suggest measure dial call ring put give tell get add bring pull look "
        + "drop text email message remind wake lock unlock close "
        + "dim raise lower skip resume run grab note write enter reserve pick hand inspect calibrate "
        + "archive").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static FrozenDictionary<string, string[]> Table(params string[] lines)
    {
        var table = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            table[line[..colon]] = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
