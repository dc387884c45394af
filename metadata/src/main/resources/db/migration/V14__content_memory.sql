-- What lets servers remember what files are made of without asking for all of it again: one number.

-- Raised by every transaction that gives a file other terms, a xorb other bytes, or takes them away.
-- Two looks that saw the same epoch saw the same terms and storage keys.
create table content_epoch (
  only_one boolean primary key default true check (only_one),
  epoch    bigint  not null default 0
);
insert into content_epoch default values;

-- At the very end of the transaction, so that its lock is the last one, and once.
create function raise_content_epoch() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('ashlar.epoch_raised', true), '') = '' then
    perform set_config('ashlar.epoch_raised', 'yes', true);
    update content_epoch set epoch = epoch + 1;
  end if;
  return null;
end
$$;
create constraint trigger xorb_moved after update on xorb
  deferrable initially deferred for each row
  when (new.storage_key <> old.storage_key or new.state in ('PENDING', 'DELETING'))
  execute function raise_content_epoch();
create constraint trigger file_remade after update on file_terms
  deferrable initially deferred for each row
  execute function raise_content_epoch();
