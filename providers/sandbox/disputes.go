package sandbox

import (
	"context"

	"till/domain"
)

var errNoCases = domain.Errorf(domain.CodeInternal, "this sandbox has no cases")

func (s *Sandbox) Raise(context.Context, domain.Raising) (domain.DisputeID, error) {
	return "", errNoCases
}
func (s *Sandbox) Advance(context.Context, domain.DisputeID, string) error { return errNoCases }
func (s *Sandbox) Cases(context.Context) ([]domain.BankCase, error)        { return nil, errNoCases }
