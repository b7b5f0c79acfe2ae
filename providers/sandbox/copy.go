package sandbox

import "context"

// Copy makes a copy of the gateway's file as it is now, at a path where there is none, while others go on writing.
func (s *Sandbox) Copy(ctx context.Context, path string) error {
	if err := makePrivate(path); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "VACUUM INTO ?", path)
	return storageError("copy", err)
}
