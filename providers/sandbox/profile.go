package sandbox

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// profile is how a gateway treats idempotency keys.
type profile struct {
	name  string
	keeps []end // the ends that are answered again under their key
}

// keyWindow is how long a key is kept, where keys are kept: Checkout.com's and Stripe's rule.
const keyWindow = 24 * time.Hour

// profiles: the first is the default. Checkout.com keeps what it did, so that after a decline the same key is a
// new call; Stripe keeps the first answer, whatever it was; others keep nothing.
var profiles = []profile{
	{"checkout", []end{taken, begun}},
	{"stripe", []end{taken, begun, refused, broken}},
	{"none", nil},
}

// keepsAnswer tells whether an answer is given again under its key.
func (p profile) keepsAnswer(out reply) bool { return slices.Contains(p.keeps, codes[out.code].end) }

func (p profile) window() time.Duration {
	if len(p.keeps) == 0 {
		return 0
	}
	return keyWindow
}

func findProfile(name string) profile {
	i := slices.IndexFunc(profiles, func(p profile) bool { return p.name == name })
	return profiles[max(i, 0)]
}

// Profile tells how the gateway treats idempotency keys: checkout, stripe or none.
func (s *Sandbox) Profile(ctx context.Context) (string, error) {
	err := s.visit(ctx, func(*sql.Tx, time.Time) error { return nil })
	return s.profile.Load().name, err
}

// SetProfile changes how keys are treated from now on. A name that there is not is a domain.Error (invalid).
func (s *Sandbox) SetProfile(ctx context.Context, name string) error {
	var names []string
	for _, p := range profiles {
		names = append(names, p.name)
	}
	if !slices.Contains(names, name) {
		return domain.Invalid("the profile", map[string]string{"profile": "must be one of " + strings.Join(names, ", ")})
	}
	return s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		if err := writeSetting(ctx, tx, settingProfile, name); err != nil {
			return err
		}
		return s.readProfile(ctx, tx)
	})
}

// readProfile remembers the profile, for Info too, which asks no file.
func (s *Sandbox) readProfile(ctx context.Context, q querier) error {
	name, err := readSetting(ctx, q, settingProfile)
	if err != nil {
		return err
	}
	s.profile.Store(new(findProfile(name)))
	return nil
}

// keepsKeys is how long keys are kept, as far as is known here.
func (s *Sandbox) keepsKeys() time.Duration { return s.profile.Load().window() }
