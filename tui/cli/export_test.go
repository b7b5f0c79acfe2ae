package cli

// What the journeys say, a scenario can say too.
var (
	Prepare = prepare
	Words   = words
	LookUp  = lookUp
	AsText  = asText
)
