package tui

import (
	"fmt"

	"till/domain"
	"till/domain/story"
)

// moment is an entry of an order's life as people are told it.
type moment struct {
	time string
	said string
	by   string
	whys []string // why each of its steps went the way it did
}

// moments tells every entry of the order, also those that are still to come where it is rewound.
func (s *order) moments() []moment {
	if s.told == nil {
		s.told = s.tell()
	}
	return s.told
}

func (s *order) tell() []moment {
	whys := map[domain.Seq][]string{}
	for _, step := range s.full.Steps {
		if arrow := arrowOf(step); arrow != "" {
			whys[step.Seq] = append(whys[step.Seq], arrow)
		}
	}
	all := make([]moment, len(s.entries))
	for i, e := range s.entries {
		all[i] = moment{
			time: e.At.Format("15:04:05"), said: story.Of(e, s.full), by: story.By(e),
			whys: whys[e.Seq],
		}
	}
	return all
}

// arrowOf tells a step that led somewhere: from where to where, and why.
func arrowOf(step domain.Step) string {
	if step.From == step.To || step.Machine == "operation" {
		return ""
	}
	to := badgeOf(step.Machine, step.To)
	return fmt.Sprintf("%s → %s %s: %s", step.Machine, to.glyph, to.word, step.Why)
}
