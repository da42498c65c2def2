namespace NeedleBench.Training.Synthesis;

/// <summary>What made-up tools are made of.</summary>
static class ArtificialWords
{
    public static readonly string[] Verbs =
        ("calibrate inspect archive seed prime flush rotate index tune balance stage patch sample sort merge prune label "
        + "polish deploy dispatch audit anchor route freeze thaw drain fill "
        + "sync reset probe scan wrap seal rig weld brew grind mill press fold stack tag trace map chart render encode "
        + "compress stamp sign grade rank pair match bind link release summon "
        + "open close start stop update register assign schedule convert move rename export import approve notify query list "
        + "count measure charge refill water plant harvest paint").Split(' ');

    public static readonly string[] Nouns =
        ("drone kiln orchard ledger turbine pump valve boiler greenhouse beehive aquarium telescope printer scanner loom "
        + "furnace conveyor crane forklift pallet locker shelf vault badge gate "
        + "turnstile kiosk billboard projector mixer amplifier synth sampler camera tripod drill lathe oven fryer grill cellar "
        + "barrel cask tank silo tractor plough sprinkler hedge pond "
        + "fountain elevator escalator corridor antenna beacon buoy dock ferry tram depot hangar runway glider balloon rocket "
        + "satellite rover probe sensor battery inverter panel meter "
        + "router switch cluster queue bucket table index snapshot backup pipeline branch release ticket sprint backlog roster "
        + "shift payroll voucher coupon receipt invoice claim policy "
        + "lease permit passport visa parcel crate pallet shipment manifest route itinerary seat cabin locker dataset model "
        + "notebook chart report survey poll quiz lesson exam syllabus "
        + "patient ward prescription sample culture assay microscope centrifuge robot arm gripper joint track playlist mural "
        + "sculpture canvas costume prop stage curtain spotlight").Split(' ');

    public static readonly string[] Adjectives =
        ("main spare north south east west upper lower inner outer front rear red blue green silver old new small large mobile "
        + "static solar hydraulic digital manual primary backup "
        + "daily weekly seasonal public private shared remote local test field night harvest kitchen garden roof harbour "
        + "factory studio school clinic").Split(' ');

    public static readonly string[] Endings =
        ["", "", "", " in the registry", " on site", " for the team", " of the plant", " in the workspace",
        " and log the result", " right away"];

    public static readonly string[] Words =
        ("amber basalt cedar delta ember falcon granite harbor indigo jasper koala lagoon maple nectar onyx pepper quartz "
        + "raven saffron tundra umber velvet willow xenon yarrow zephyr "
        + "anchor bramble copper dune echo fern glacier heron iris juniper kestrel lotus meadow nimbus orchid pebble quill "
        + "reef sable thistle").Split(' ');

    public static readonly string[] Names =
        ("Amara Okafor|Jun Watanabe|Lucía Ferrer|Søren Dahl|Priya Nair|Tomasz Wójcik|Fatima Zahra|Liam O'Connor|Chidi Eze|"
        + "Mei-Ling Chen|Anaïs Dubois|Mateus Silva|Ingrid Holm|Yusuf Demir|Zoë Clarke|"
        + "Nguyễn Lan|Björn Ek|Siobhan Byrne|Rajesh Iyer|Olga Petrova|Kwame Mensah|Hana Suzuki|Diego Peña|Leila Haddad|Gdańsk|"
        + "Reykjavík|São Paulo|Nairobi|Kyoto|Malmö|the Thursday crew|team Kestrel|Dr. Weiss|room 4B").Split('|');

    public static readonly string[] Times =
        ("tomorrow morning|next Tuesday|March 4th|at noon|in two hours|the 15th|7:45 pm|half past six|Friday at 9|end of the "
        + "month|2025-03-14|quarter to eight|tonight|on the 1st of May|06:30|in ten minutes|the day after tomorrow|"
        + "midnight|Sunday evening|week 12").Split('|');

    public static readonly string[] Texts =
        ("leave it by the blue door|check the seal before you start|running about ten minutes late|the left one rattles a bit|"
        + "do not open before Friday|use the spare key under the mat|ask for the night manager|all good on our side|"
        + "needs two people to lift|call me when it's done|old filter, replace soon|paid in cash|fragile, this side up|meet at "
        + "gate 12|the code is on the back|looks fine but smells odd").Split('|');

    public static readonly string[][] Enums =
    [
        ["low", "medium", "high"], ["slow", "normal", "fast"], ["red", "green", "blue", "amber"],
        ["north", "south", "east", "west"], ["draft", "final", "archived"], ["small", "medium", "large"],
        ["daily", "weekly", "monthly", "yearly"],
        ["open", "closed", "pending"], ["metric", "imperial"], ["indoor", "outdoor"], ["silent", "gentle", "loud"],
        ["eco", "comfort", "boost", "away"], ["pdf", "csv", "json", "html"], ["alpha", "beta", "stable"],
        ["left", "right", "both"],
        ["steel", "oak", "glass", "brass"], ["early", "late", "night"], ["urgent", "normal", "whenever"],
        ["full", "partial", "none"], ["first", "second", "third", "fourth"],
    ];

    /// <summary>Parameters: the words for it, and the kind of value.</summary>
    public static readonly (string Words, ArtificialKind Kind)[] Concepts =
    [
        ("owner", ArtificialKind.Name), ("operator", ArtificialKind.Name), ("site", ArtificialKind.Name),
        ("assignee", ArtificialKind.Name), ("supplier", ArtificialKind.Name), ("city", ArtificialKind.Name),
        ("label", ArtificialKind.Word), ("tag", ArtificialKind.Word), ("code name", ArtificialKind.Word),
        ("channel", ArtificialKind.Word), ("profile", ArtificialKind.Word), ("zone", ArtificialKind.Word),
        ("preset", ArtificialKind.Word),
        ("serial number", ArtificialKind.Code), ("ticket id", ArtificialKind.Code), ("batch code", ArtificialKind.Code),
        ("reference", ArtificialKind.Code), ("asset id", ArtificialKind.Code), ("slot", ArtificialKind.Code),
        ("start time", ArtificialKind.Time), ("deadline", ArtificialKind.Time), ("date", ArtificialKind.Time),
        ("due", ArtificialKind.Time), ("slot time", ArtificialKind.Time),
        ("note", ArtificialKind.Text), ("message", ArtificialKind.Text), ("instruction", ArtificialKind.Text),
        ("remark", ArtificialKind.Text),
        ("target", ArtificialKind.Corpus), ("subject", ArtificialKind.Corpus), ("item", ArtificialKind.Corpus),
        ("topic", ArtificialKind.Corpus),
        ("level", ArtificialKind.Integer), ("count", ArtificialKind.Integer), ("retries", ArtificialKind.Integer),
        ("batch size", ArtificialKind.Integer), ("priority", ArtificialKind.Integer),
        ("hour", ArtificialKind.Hour), ("start hour", ArtificialKind.Hour), ("closing hour", ArtificialKind.Hour),
        ("minutes", ArtificialKind.Minutes), ("length", ArtificialKind.Minutes), ("pause", ArtificialKind.Minutes),
        ("share", ArtificialKind.Percent), ("brightness", ArtificialKind.Percent), ("opening", ArtificialKind.Percent),
        ("depth", ArtificialKind.Integer), ("page", ArtificialKind.Integer), ("capacity", ArtificialKind.Integer),
        ("ratio", ArtificialKind.Number), ("threshold", ArtificialKind.Number), ("weight", ArtificialKind.Number),
        ("offset", ArtificialKind.Number), ("pressure", ArtificialKind.Number), ("budget", ArtificialKind.Number),
        ("logging", ArtificialKind.Flag), ("alerts", ArtificialKind.Flag), ("backup", ArtificialKind.Flag),
        ("cooling", ArtificialKind.Flag), ("encryption", ArtificialKind.Flag), ("night mode", ArtificialKind.Flag),
        ("preview", ArtificialKind.Flag),
        ("mode", ArtificialKind.Enum), ("quality", ArtificialKind.Enum), ("variant", ArtificialKind.Enum),
        ("setting", ArtificialKind.Enum), ("status", ArtificialKind.Enum), ("option", ArtificialKind.Enum),
        ("tags", ArtificialKind.Words), ("members", ArtificialKind.Names), ("parts", ArtificialKind.Words),
        ("watchers", ArtificialKind.Names),
    ];

    public static readonly string[] NumberWords =
        ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        + "eighteen nineteen twenty").Split(' ');
}
