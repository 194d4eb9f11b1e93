; conditional effects under forall
(define (domain briefcase) (:requirements :typing :conditional-effects) (:types place thing)
  (:predicates (at ?t - thing ?p - place) (inside ?t - thing) (here ?p - place))
  (:action move :parameters (?a ?b - place) :precondition (here ?a)
    :effect (and (here ?b) (not (here ?a))
      (forall (?t - thing) (when (inside ?t) (and (at ?t ?b) (not (at ?t ?a)))))))
  (:action put :parameters (?t - thing ?p - place) :precondition (and (at ?t ?p) (here ?p))
    :effect (inside ?t))
  (:action out :parameters (?t - thing) :precondition (inside ?t) :effect (not (inside ?t))))

(define (problem briefcase-1) (:domain briefcase)
  (:objects home office bank - place pen pad - thing)
  (:init (here home) (at pen home) (at pad office))
  (:goal (and)))
